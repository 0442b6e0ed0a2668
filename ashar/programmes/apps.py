"""The programmes room registers what programme files may name."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from ashar.cases.core import register_papers
from ashar.procedures.registry import registry


class ProgrammesConfig(AppConfig):
    """Approved plans, their measures and money."""

    name = "ashar.programmes"
    label = "programmes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what law files may name; models exist only now, hence the late import."""
        registry.add(
            guards=import_module("ashar.programmes.guards").GUARDS,
            facts=import_module("ashar.programmes.facts").FACTS,
            effects=import_module("ashar.programmes.effects").EFFECTS,
        )
        register_papers(import_module("ashar.programmes.papers").PAPERS)
