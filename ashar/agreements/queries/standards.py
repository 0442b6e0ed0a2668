"""Reads of quality standards: the clauses from which the form of a visit is made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ashar.agreements.choices import ClauseResult
from ashar.agreements.models import MonitoringVisit
from ashar.cases.queries import language, law
from ashar.kernel.text import Wording
from ashar.procedures.model import Citation


@dataclass(frozen=True)
class ClauseSeen:
    """A clause of the standard, and what the visit saw on it."""

    key: str
    title: Wording
    result: str
    result_label: str
    evidence: str


@dataclass(frozen=True)
class StandardShown:
    """A standard as a page shows it: its title, its act, and whose words the clauses are."""

    title: str
    act: str
    whose: str


def standard_choices() -> list[tuple[str, str]]:
    """Return the standards from which an agreement may choose, in the reader's language."""
    tongue = language()
    return [(key, one.title.say(tongue)) for key, one in law().standards.items()]


def standard_shown(key: str) -> StandardShown | None:
    """Return the standard for a page or paper; None when the agreement names none."""
    one = law().standards.get(key)
    if one is None:
        return None
    tongue = language()
    return StandardShown(
        title=one.title.say(tongue),
        act=Citation(one.act).say(law(), tongue) if one.act in law().acts else "",
        whose=one.whose.say(tongue) if one.is_assumed else "",
    )


def clauses_of(visit: MonitoringVisit) -> Sequence[ClauseSeen]:
    """Return every clause of the visit's standard with what was seen on it."""
    one = law().standards.get(visit.standard)
    if one is None:
        return ()
    answers = {answer.clause: answer for answer in visit.clause_answers.all()}
    seen = []
    for key, clause in one.clauses.items():
        answer = answers.get(key)
        result = answer.result if answer else ""
        label = str(ClauseResult(result).label) if result else ""
        evidence = answer.evidence if answer else ""
        seen.append(ClauseSeen(key, clause.title, result, label, evidence))
    return tuple(seen)


def clause_title(standard: str, clause: str) -> str:
    """Return the words of one clause; empty when the standard has none of that name."""
    one = law().standards.get(standard)
    found = one.clauses.get(clause) if one else None
    return found.title.say(language()) if found else ""
