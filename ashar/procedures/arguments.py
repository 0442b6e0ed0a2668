"""Whether a condition or consequence is given what it takes: a figure of its kind, an actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ashar.procedures.model import Clause, Move, Number, Procedure
from ashar.procedures.reading import instead

if TYPE_CHECKING:
    from ashar.procedures.registry import Takes

_NEEDS = {
    "actor": "an actor",
    "papers": "a list of documents in square brackets",
    "paper": "a document",
    "question": "a question that the move asks",
    "figure": "a figure",
}


def objection(
    takes: Takes, clause: Clause, procedure: Procedure, move: Move
) -> tuple[str, str] | None:
    """Return what is wrong with the clause's argument and the remedy; None when it fits."""
    fitting = _fitting(takes, procedure, move)
    if _fits(takes, clause, fitting):
        return None
    needed = _NEEDS.get(takes.what, f"a figure of kind {takes.what}")
    if takes.called:
        needed += f' called "{takes.called}"'
    written = _written(clause)
    says = f'"{clause.name}" needs {needed}' + (f', and "{written}" is none' if written else "")
    return says, instead(written, fitting) if fitting else "Declare one first."


def _fitting(takes: Takes, procedure: Procedure, move: Move) -> list[str]:
    """Return what the clause may name in this file."""
    if takes.what in {"papers", "paper"}:
        return list(procedure.documents)
    if takes.what == "actor":
        return list(procedure.actors)
    if takes.what == "question":
        return [question.key for question in move.asks]
    kinds = {None, takes.what}
    return [
        number.name
        for number in procedure.numbers.values()
        if (takes.what == "figure" or number.kind in kinds) and takes.called in {"", number.name}
    ]


def _fits(takes: Takes, clause: Clause, fitting: list[str]) -> bool:
    argument = clause.argument
    if takes.what == "papers":
        return isinstance(argument, tuple) and bool(argument)
    is_figure = isinstance(argument, Number)
    is_word = takes.what in {"paper", "actor", "question"}
    return is_figure is not is_word and _written(clause) in fitting


def _written(clause: Clause) -> str:
    """Return the name that stands in the file, empty when there is none or a list."""
    argument = clause.argument
    if isinstance(argument, Number):
        return argument.name
    return argument if isinstance(argument, str) else ""
