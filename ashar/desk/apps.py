"""The desk room."""

from __future__ import annotations

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Start pages of those who work: my cases, my deadlines."""

    name = "ashar.desk"
    label = "desk"
    default_auto_field = "django.db.models.BigAutoField"
