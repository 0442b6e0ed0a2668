"""The portal room."""

from __future__ import annotations

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Pages for everybody: the country, a place, its chain, the law."""

    name = "ashar.portal"
    label = "portal"
    default_auto_field = "django.db.models.BigAutoField"
