"""The entrance app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EntranceConfig(AppConfig):
    """Signing in: passwords, second factors, state identity, sessions."""

    name = "ashar.entrance"
    label = "entrance"
    verbose_name = _("entrance")
    default_auto_field = "django.db.models.BigAutoField"
