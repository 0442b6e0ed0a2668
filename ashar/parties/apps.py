"""The parties room."""

from __future__ import annotations

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Persons, organisations, mandates and accounts."""

    name = "ashar.parties"
    label = "parties"
    default_auto_field = "django.db.models.BigAutoField"
