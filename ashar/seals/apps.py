"""The seals app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SealsConfig(AppConfig):
    """Sealed envelopes: the keys of commission members, and the opening."""

    name = "ashar.seals"
    label = "seals"
    verbose_name = _("seals")
    default_auto_field = "django.db.models.BigAutoField"
