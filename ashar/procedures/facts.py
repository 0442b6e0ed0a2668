"""Typed reading of the plain facts that a guard is given."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from ashar.kernel.dates import BISHKEK
from ashar.kernel.money import Som
from ashar.kernel.text import Wording
from ashar.procedures.registry import Facts

Kind = TypeVar("Kind")


def _of_kind(facts: Facts, name: str, kind: type[Kind]) -> Kind:
    value = facts[name]
    if not isinstance(value, kind):
        raise TypeError(f"fact {name!r} should be {kind.__name__}, not {value!r}")
    return value


def count(facts: Facts, name: str) -> int:
    """Give a number of things or people."""
    return _of_kind(facts, name, int)


def truth(facts: Facts, name: str) -> bool:
    """Give a yes or a no."""
    return _of_kind(facts, name, bool)


def word(facts: Facts, name: str) -> str:
    """Give a key, such as the stage of a parent case."""
    return _of_kind(facts, name, str)


def wording(facts: Facts, name: str) -> Wording | str:
    """Give one sentence or title."""
    value = facts[name]
    return value if isinstance(value, Wording) else _of_kind(facts, name, str)


def amount(facts: Facts, name: str) -> Som:
    """Give a sum of money."""
    return _of_kind(facts, name, Som)


def amount_or_none(facts: Facts, name: str) -> Som | None:
    """Give a sum of money, or None when none was set."""
    return None if facts[name] is None else amount(facts, name)


def day(facts: Facts, name: str) -> date | None:
    """Give a day, or None when it is not set or cannot be reckoned."""
    return None if facts[name] is None else _of_kind(facts, name, date)


def moment(facts: Facts, name: str) -> datetime | None:
    """Give a moment, or None when it is not set."""
    return None if facts[name] is None else _of_kind(facts, name, datetime)


def names(facts: Facts, name: str) -> tuple[Wording | str, ...]:
    """Give the names of the things that a guard is about; often empty."""
    return tuple(_of_kind(facts, name, tuple))


def answer(facts: Facts, name: str, kind: type[Kind]) -> Kind | None:
    """Give what was answered to a question of the move, None while nothing was answered."""
    answers = facts["answers"]
    given = answers.get(name) if isinstance(answers, Mapping) else None
    if given is None or isinstance(given, kind):
        return given
    raise TypeError(f"answer {name!r} should be {kind.__name__}, not {given!r}")


def said_day(when: date) -> str:
    """Write a day as the country writes it: 05.12.2026."""
    return f"{when:%d.%m.%Y}"


def said_moment(when: datetime) -> str:
    """Write a moment by the clocks of the country: 05.12.2026 18:00."""
    return f"{when.astimezone(BISHKEK):%d.%m.%Y %H:%M}"
