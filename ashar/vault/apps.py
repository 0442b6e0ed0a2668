"""The vault app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class VaultConfig(AppConfig):
    """Keys and encrypted fields of people's data."""

    name = "ashar.vault"
    label = "vault"
    verbose_name = _("vault")
    default_auto_field = "django.db.models.BigAutoField"
