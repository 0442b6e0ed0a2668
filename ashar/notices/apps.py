"""The notices room registers the effect by which a decision is told."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from ashar.procedures.registry import registry


class NoticesConfig(AppConfig):
    """The outbox and its reminders."""

    name = "ashar.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what law files may name; models exist only now, hence the late import."""
        effects = import_module("ashar.notices.effects")
        registry.add(effects=effects.EFFECTS, takes=effects.TAKES)
