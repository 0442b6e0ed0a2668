"""The calls room registers its guards, facts, effects, moments and papers."""

from __future__ import annotations

from importlib import import_module

from django.apps import AppConfig

from ashar.cases.core import (
    register_decisive,
    register_paper_rule,
    register_paper_word,
    register_papers,
    register_reading_rule,
)
from ashar.procedures.registry import registry


class CallsConfig(AppConfig):
    """Open contests: the call, the proposals, admission, scores, the award."""

    name = "ashar.calls"
    label = "calls"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register what law files may name; models exist only now, hence the late import."""
        facts = import_module("ashar.calls.facts")
        guards = import_module("ashar.calls.guards")
        registry.add(
            guards=guards.GUARDS,
            takes=guards.TAKES,
            facts=facts.FACTS,
            effects=import_module("ashar.calls.effects").EFFECTS,
            moments=facts.MOMENTS,
            checks=import_module("ashar.calls.core").AUTOMATIC,
        )
        register_decisive(
            "Call",
            {
                *("announce", "extend", "close", "open_proposals", "leave_unopened"),
                *("decide", "award", "score_again", "reopen_scoring", "declare_failed", "cancel"),
            },
        )
        queries = import_module("ashar.calls.queries.opening")
        register_paper_word("Proposal", queries.papers_said)
        register_papers(import_module("ashar.calls.papers").PAPERS)
        access = import_module("ashar.calls.access")
        register_paper_rule("Proposal", access.may_change_papers)
        register_reading_rule("Proposal", access.may_read_papers)
