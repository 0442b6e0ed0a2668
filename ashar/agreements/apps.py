"""The agreements room registers what agreements may name in law files."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from ashar.cases.core import register_decisive, register_paper_rule, register_papers
from ashar.procedures.registry import registry


class AgreementsConfig(AppConfig):
    """Agreements: results, tranches, reports, visits and the evaluation."""

    name = "ashar.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what law files may name; models exist only now, hence the late import."""
        facts = import_module("ashar.agreements.facts")
        registry.add(
            guards=import_module("ashar.agreements.guards").GUARDS,
            facts=facts.FACTS,
            effects=import_module("ashar.agreements.effects").EFFECTS,
            moments=facts.MOMENTS,
        )
        register_decisive("Agreement", {"sign", "terminate"})
        register_decisive("Tranche", {"pay", "approve_payment"})
        register_papers(import_module("ashar.agreements.papers").PAPERS)
        register_paper_rule("Report", import_module("ashar.agreements.access").may_change_papers)
