"""The needs room."""

from __future__ import annotations

from django.apps import AppConfig


class NeedsConfig(AppConfig):
    """What a community lacks, how it was found out, in which order, and what became of it."""

    name = "ashar.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"
