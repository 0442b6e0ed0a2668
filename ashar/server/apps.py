"""Registers the checks of storage and settings; begins reports of errors where they are wanted."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.checks import Tags, register

from ashar.server import checks, production, reports


class ServerConfig(AppConfig):
    """The room where Ashar meets the machine it runs on."""

    name = "ashar.server"
    label = "server"

    def ready(self) -> None:
        """Let `manage.py check` and every start look at the storage."""
        register(Tags.database)(checks.check_sqlite)
        register(Tags.database)(checks.check_postgresql)
        register(Tags.security, deploy=True)(checks.check_demonstration)
        register(Tags.security, deploy=True)(production.check_settings)
        register(Tags.database, deploy=True)(production.check_accounts)
        register(Tags.database, deploy=True)(production.check_server)
        reports.start()
