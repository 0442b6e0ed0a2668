"""Conditions of moves that every procedure may use: papers, reasons, days, known figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ashar.procedures.facts import answer, day, said_day
from ashar.procedures.model import DocumentKind, Number
from ashar.procedures.reasons import Reason
from ashar.procedures.registry import Facts, Guard, Takes

if TYPE_CHECKING:
    from collections.abc import Mapping


def documents_attached(facts: Facts, argument: object) -> Reason | None:
    """Every paper the law file names lies on the case."""
    present = facts["documents"]
    wanted = argument if isinstance(argument, tuple) else ()
    missing = tuple(
        kind.title
        for kind in wanted
        if isinstance(kind, DocumentKind)
        and not (isinstance(present, frozenset) and kind.key in present)
    )
    return Reason("documents_attached", {"documents": missing}) if missing else None


def reason_given(facts: Facts, _argument: object) -> Reason | None:
    """A reason was written, not left blank."""
    reason = answer(facts, "reason", str)
    if reason is None or reason.strip():
        return None
    return Reason("reason_given", {})


def not_in_future(facts: Facts, argument: object) -> Reason | None:
    """The day answered to the named question is not later than today."""
    given, today = answer(facts, str(argument), date), day(facts, "today")
    if given is None or today is None or given <= today:
        return None
    return Reason("not_in_future", {"day": said_day(given)})


def figure_known(_facts: Facts, argument: object) -> Reason | None:
    """The figure was read in the law, or set by a charter or a regulation."""
    if isinstance(argument, Number) and argument.is_unknown:
        return Reason("figure_unknown", {"figure": argument.title})
    return None


GUARDS: Mapping[str, Guard] = {
    "documents_attached": Guard(documents_attached, needs=("documents",)),
    "reason_given": Guard(reason_given, needs=("answers",)),
    "not_in_future": Guard(not_in_future, needs=("answers", "today")),
    "figure_known": Guard(figure_known),
}
TAKES: Mapping[str, Takes] = {
    "documents_attached": Takes("papers"),
    "not_in_future": Takes("question"),
    "figure_known": Takes("figure"),
}
