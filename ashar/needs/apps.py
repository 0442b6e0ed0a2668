"""The needs room."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from ashar.cases.core import register_papers
from ashar.procedures.registry import registry


class NeedsConfig(AppConfig):
    """What a community lacks, how it was found out, in which order, and what became of it."""

    name = "ashar.needs"
    label = "needs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what law files may name; models exist only now, hence the late import."""
        guards = import_module("ashar.needs.guards")
        registry.add(
            guards=guards.GUARDS,
            takes=guards.TAKES,
            facts=import_module("ashar.needs.facts").FACTS,
            effects=import_module("ashar.needs.effects").EFFECTS,
        )
        register_papers(import_module("ashar.needs.papers").PAPERS)
