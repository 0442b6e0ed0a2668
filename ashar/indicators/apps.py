"""The indicators room."""

from __future__ import annotations

from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    """What is measured, what was planned and what was seen, with evidence."""

    name = "ashar.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"
