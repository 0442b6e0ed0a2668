"""Faults of the law files as faults of the start: Ashar does not run on an unsound procedure."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error

from ashar.cases.core import paper_builders
from ashar.cases.queries import law
from ashar.procedures.check import library_problems
from ashar.procedures.lock import lock_check
from ashar.procedures.registry import registry


def law_is_sound(**_options: Any) -> list[CheckMessage]:
    """Return every fault of the law files, and every released edition that has changed."""
    faults: list[CheckMessage] = [
        Error(
            f"{one.path}, line {one.line}, at {one.place}: {one.says}.",
            hint=one.remedy,
            id="cases.E001",
        )
        for one in library_problems(law(), registry)
    ]
    faults += [
        Error(sentence, hint="Restore the file; a change of law is a new edition.", id="cases.E002")
        for sentence in lock_check(law().root)
    ]
    faults += [
        Error(sentence, hint="Register a builder of this paper, or name another.", id="cases.E003")
        for sentence in papers_nobody_makes()
    ]
    return faults


def papers_nobody_makes() -> list[str]:
    """Return a sentence for each paper that a move orders and no room knows how to make."""
    return [
        f"{procedure.path}: the move {move.name} orders the paper {kind}, which nobody makes."
        for procedure in map(law().load, law().paths())
        for track in procedure.tracks.values()
        for stage in track.stages.values()
        for move in stage.moves.values()
        for clause in move.then
        if clause.name == "make_paper" and (kind := str(clause.argument)) not in paper_builders
    ]
