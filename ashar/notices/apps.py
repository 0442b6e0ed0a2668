"""The notices room."""

from __future__ import annotations

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """What people are told: the outbox and its reminders."""

    name = "ashar.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"
