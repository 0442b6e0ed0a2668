"""The entrance app."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _


class EntranceConfig(AppConfig):
    """Signing in: passwords, second factors, state identity, sessions."""

    name = "ashar.entrance"
    label = "entrance"
    verbose_name = _("entrance")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Let the start be refused when the door would stand open."""
        from ashar.entrance.checks import check_door  # noqa: PLC0415 - settings must be read first

        register(check_door, Tags.security)
