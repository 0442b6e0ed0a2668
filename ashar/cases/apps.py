"""The cases room registers the guards, facts and effects that every procedure may use."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig
from django.core.checks import register

from ashar.procedures.registry import registry


class CasesConfig(AppConfig):
    """The spine."""

    name = "ashar.cases"
    label = "cases"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what law files may name; models exist only now, hence the late import."""
        guards = import_module("ashar.cases.guards")
        registry.add(
            guards=guards.GUARDS,
            takes={**guards.TAKES, **import_module("ashar.cases.effects").TAKES},
            facts=import_module("ashar.cases.facts").FACTS,
            effects=import_module("ashar.cases.effects").EFFECTS,
        )
        register(import_module("ashar.cases.checks").law_is_sound)
        documents = import_module("ashar.documents.access")
        documents.register_reader(import_module("ashar.cases.access").may_read_document)
