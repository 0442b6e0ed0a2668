"""The events room."""

from __future__ import annotations

from django.apps import AppConfig


class EventsConfig(AppConfig):
    """Gatherings, focus groups, hearings, visits: who came, and how they voted."""

    name = "ashar.events"
    label = "events"
    default_auto_field = "django.db.models.BigAutoField"
