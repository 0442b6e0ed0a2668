"""The vault app."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class VaultConfig(AppConfig):
    """Keys and encrypted fields of people's data."""

    name = "ashar.vault"
    label = "vault"
    verbose_name = _("vault")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let every start look where the keys lie; models exist only now, hence the late import."""
        checks = import_module("ashar.vault.checks")
        register(Tags.security)(checks.check_place_of_keys)
        register(Tags.database)(checks.check_ring)
