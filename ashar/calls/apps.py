"""The calls room."""

from __future__ import annotations

from django.apps import AppConfig


class CallsConfig(AppConfig):
    """Open contests: the call, the proposals, admission, scores, the award."""

    name = "ashar.calls"
    label = "calls"
    default_auto_field = "django.db.models.BigAutoField"
