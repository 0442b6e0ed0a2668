"""The programmes room."""

from __future__ import annotations

from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    """Approved plans: what they want, what they will do, for which money."""

    name = "ashar.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"
