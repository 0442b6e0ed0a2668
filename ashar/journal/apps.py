"""The journal app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JournalConfig(AppConfig):
    """Who did what, when and in which case."""

    name = "ashar.journal"
    label = "journal"
    verbose_name = _("journal")
    default_auto_field = "django.db.models.BigAutoField"
