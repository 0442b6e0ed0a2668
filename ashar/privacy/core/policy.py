"""The policy as it stands in its file: kinds of data, why, how long, on what basis."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from ashar.kernel.text import Wording

UNKNOWN, OWN = "unknown", "own"
_TERM = re.compile(r"(\d+) (days|months|years)")
_KNOWN = frozenset({"models", "what", "why", "term", "basis", "at_end", "counted_from"})
_MONTHS_OF_YEAR = 12
_LAST_SURE_DAY = 28


class BadPolicy(ValueError):
    """The file cannot be obeyed; the text says where and what to write instead."""


class AtEnd(StrEnum):
    """What is done when the term has passed."""

    KEEP = "keep"
    DELETE = "delete"
    FORGET = "forget"


@dataclass(frozen=True)
class Term:
    """How long; its day is counted back from today."""

    number: int
    unit: str

    def before(self, today: date) -> date:
        """Return the day before which the term has passed."""
        if self.unit == "days":
            return today - timedelta(days=self.number)
        months = self.number * (_MONTHS_OF_YEAR if self.unit == "years" else 1)
        count = today.year * _MONTHS_OF_YEAR + today.month - 1 - months
        year, month = divmod(count, _MONTHS_OF_YEAR)
        return date(year, month + 1, min(today.day, _LAST_SURE_DAY))


@dataclass(frozen=True)
class DataClass:
    """One line of the policy."""

    key: str
    models: tuple[str, ...]
    what: Wording
    why: Wording
    term: Term | None
    basis: str
    at_end: AtEnd
    counted_from: str

    @property
    def is_known(self) -> bool:
        """Whether the term was read somewhere; nothing is removed by an unknown one."""
        return self.term is not None and self.basis != UNKNOWN


def read(written: Mapping[str, Any]) -> tuple[DataClass, ...]:
    """Return the lines of the file; raises BadPolicy at the first that cannot be obeyed."""
    return tuple(_class(key, line) for key, line in written["classes"].items())


def _class(key: str, line: Mapping[str, Any]) -> DataClass:
    if strange := set(line) - _KNOWN:
        raise BadPolicy(f"{key}: nobody knows the words {', '.join(sorted(strange))}.")
    if missing := _KNOWN - {"counted_from"} - set(line):
        raise BadPolicy(f"{key}: write also {', '.join(sorted(missing))}.")
    found = DataClass(
        key=key,
        models=tuple(line["models"]),
        what=Wording(**line["what"]),
        why=Wording(**line["why"]),
        term=_term(key, str(line["term"])),
        basis=str(line["basis"]),
        at_end=AtEnd(line["at_end"]),
        counted_from=str(line.get("counted_from", "")),
    )
    if found.term and found.basis == UNKNOWN:
        raise BadPolicy(f"{key}: a term needs a basis; a term nobody has read is “unknown”.")
    if found.term and found.at_end != AtEnd.KEEP and not found.counted_from:
        raise BadPolicy(f"{key}: write in counted_from which day the term is counted from.")
    return found


def _term(key: str, text: str) -> Term | None:
    if text == UNKNOWN:
        return None
    match = _TERM.fullmatch(text)
    if match is None:
        raise BadPolicy(f"{key}: “{text}” is no term. Write unknown, or for example “3 years”.")
    return Term(int(match[1]), match[2])


def uncovered(policy: tuple[DataClass, ...], personal: Mapping[str, Any]) -> list[str]:
    """Return the models with people's data that no line of the policy names."""
    named = {model for line in policy for model in line.models}
    return sorted(model for model in personal if model not in named)
