"""The privacy app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrivacyConfig(AppConfig):
    """How long data is kept, and what a person may ask about one's own."""

    name = "ashar.privacy"
    label = "privacy"
    verbose_name = _("privacy")
    default_auto_field = "django.db.models.BigAutoField"
