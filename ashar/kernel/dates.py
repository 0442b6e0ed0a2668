"""Terms and days: when a term of so many working days, calendar days or months ends."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta, timezone
from typing import Literal, cast, get_args

# One time for the whole country, without summer time; a fixed offset needs no zone files.
BISHKEK = timezone(timedelta(hours=6), "Asia/Bishkek")

Unit = Literal["working days", "calendar days", "months"]
UNITS: tuple[str, ...] = get_args(Unit)

_WRITTEN = re.compile(r"([1-9]\d{0,3}) (working days?|calendar days?|months?)", re.ASCII)
_SATURDAY = 5
_KY = {"working days": "жумуш күнү", "calendar days": "календардык күн", "months": "ай"}
_EN = {"working days": "working day", "calendar days": "calendar day", "months": "month"}
# Russian after 1, after 2-4, after 5 and more.
_RU = {
    "working days": ("рабочий день", "рабочих дня", "рабочих дней"),
    "calendar days": ("календарный день", "календарных дня", "календарных дней"),
    "months": ("месяц", "месяца", "месяцев"),
}


@dataclass(frozen=True)
class Duration:
    """A term as the law writes it: a count and what is counted."""

    count: int
    unit: Unit

    def __post_init__(self) -> None:
        """Refuse a term of nothing, or one counted in something else."""
        if self.count < 1 or self.unit not in UNITS:
            message = f"a term is a count of {', '.join(UNITS)}; not {self.count} {self.unit}"
            raise ValueError(message)

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read "20 working days", "1 month"; raise ValueError for anything else."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            message = f"{text!r} is not a term"
            raise ValueError(message)
        return cls(int(found[1]), cast("Unit", found[2].rstrip("s") + "s"))

    def __str__(self) -> str:
        """Write as in a law file: 20 working days."""
        return f"{self.count} {self.unit}"

    def say(self, language: str) -> str:
        """Write for a reader, in the right number: 21 рабочий день."""
        if language == "ky":
            return f"{self.count} {_KY[self.unit]}"
        if language == "ru":
            return f"{self.count} {_russian(self.count, _RU[self.unit])}"
        return f"{self.count} {_EN[self.unit]}{'' if self.count == 1 else 's'}"


def _russian(count: int, forms: tuple[str, str, str]) -> str:
    last, teens = count % 10, count % 100 in range(11, 15)
    if last == 1 and not teens:
        return forms[0]
    return forms[1] if last in {2, 3, 4} and not teens else forms[2]


@dataclass(frozen=True)
class Calendar:
    """Which days are worked: weekends off, unless a day was transferred by an act."""

    holidays: frozenset[date] = field(default_factory=frozenset)
    working_weekends: frozenset[date] = field(default_factory=frozenset)

    def is_working(self, day: date) -> bool:
        """Say whether people work on this day."""
        if day in self.working_weekends:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays


def end_of(start: date, duration: Duration, calendar: Calendar) -> date:
    """Return the last day of a term that begins on the day after `start`.

    A term in calendar days or months ends on its day even if nobody works then: no act
    that moves it has been read, and nobody guesses.
    """
    if duration.unit == "months":
        return _months_after(start, duration.count)
    if duration.unit == "calendar days":
        return start + timedelta(days=duration.count)
    day, left = start, duration.count
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working(day)
    return day


def _months_after(start: date, count: int) -> date:
    """Return the same day of a later month, or that month's last day if it is shorter."""
    year, month = divmod(start.year * 12 + start.month - 1 + count, 12)
    following = date(year + (month + 1) // 12, (month + 1) % 12 + 1, 1)
    last = (following - timedelta(days=1)).day
    return date(year, month + 1, min(start.day, last))
