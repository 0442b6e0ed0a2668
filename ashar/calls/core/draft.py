"""A draft as typed, and what can be read from it: nothing typed is lost, nothing is guessed."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

from ashar.kernel.money import LARGEST, BadAmount, Som

ROW_LIMIT = 200
_DAY_SHAPES = ("%d.%m.%Y", "%Y-%m-%d", "%d/%m/%Y")
_YEARS = range(2000, 2101)
_LARGEST_COUNT = Som.of(9_999_999_999, 99)

# Parts in words, with the most signs each may have.
TEXT_LIMITS: Mapping[str, int] = {
    "title": 300,
    "summary": 5000,
    "method": 10000,
    "experience": 5000,
    "sustainability": 5000,
}
# Parts in rows: their columns, with the most signs each may have.
SECTIONS: Mapping[str, Mapping[str, int]] = {
    "results": {"title": 300, "unit": 60, "target": 40},
    "activities": {"title": 300, "starts_on": 20, "ends_on": 20},
    "team": {"role": 200, "qualification": 500},
    "budget": {"title": 300, "unit": 60, "quantity": 40, "rate": 40, "source": 30},
}
Rows = list[dict[str, str]]


@dataclass(frozen=True)
class Fault:
    """What cannot be read: where it stands, why, and what was typed there."""

    section: str
    row: int
    column: str
    reason: str
    typed: str = ""

    @property
    def name(self) -> str:
        """The name of the field on the page."""
        return f"{self.section}-{self.row}-{self.column}" if self.column else self.section


@dataclass(frozen=True)
class ResultRow:
    """A measurable result the applicant promises."""

    title: str
    unit: str
    target: Decimal


@dataclass(frozen=True)
class ActivityRow:
    """One line of the schedule."""

    title: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class TeamRow:
    """A place in the team."""

    role: str
    qualification: str


@dataclass(frozen=True)
class BudgetRow:
    """One line of the budget: quantity x price of a unit, from one source."""

    title: str
    unit: str
    quantity: Decimal
    rate: Som
    source: str

    @property
    def total(self) -> Som:
        """The whole line, to the nearest tyiyn."""
        return self.rate.portion(Fraction(self.quantity))


@dataclass(frozen=True)
class Reading:
    """All of a draft that can be read, and every fault in the rest."""

    texts: Mapping[str, str]
    results: tuple[ResultRow, ...] = ()
    activities: tuple[ActivityRow, ...] = ()
    team: tuple[TeamRow, ...] = ()
    budget: tuple[BudgetRow, ...] = ()
    faults: tuple[Fault, ...] = ()
    line_totals: Mapping[int, Som] = field(default_factory=dict)

    @property
    def total(self) -> Som:
        """The whole budget, line by line."""
        return sum((line.total for line in self.budget), Som(0))

    def by_source(self) -> dict[str, Som]:
        """Return the same money by source, in the order in which sources appear."""
        found: dict[str, Som] = {}
        for line in self.budget:
            found[line.source] = found.get(line.source, Som(0)) + line.total
        return found

    def requested(self, budget_sources: Collection[str]) -> Som:
        """Return what is asked from the customer: the lines of these sources."""
        return sum(
            (amount for source, amount in self.by_source().items() if source in budget_sources),
            Som(0),
        )


class _UnreadableError(ValueError):
    """One cell cannot be read; the reason is the text of the error."""


def tidy(raw: Mapping[str, object]) -> dict[str, object]:
    """Return what was typed in the one shape in which a draft is kept.

    Texts and cells stay as typed, only cut at their limits; rows left wholly blank go.
    """
    kept: dict[str, object] = {
        name: _text(raw.get(name), limit) for name, limit in TEXT_LIMITS.items()
    }
    for section, columns in SECTIONS.items():
        kept[section] = _rows(raw.get(section), columns)
    return kept


def _text(value: object, limit: int) -> str:
    # A zero byte cannot be kept by PostgreSQL.
    return "" if value is None else str(value).replace("\x00", "").replace("\r\n", "\n")[:limit]


def _rows(raw: object, columns: Mapping[str, int]) -> Rows:
    rows = raw if isinstance(raw, Sequence) and not isinstance(raw, str) else ()
    tidied = [
        {name: _text(row.get(name), limit) for name, limit in columns.items()}
        for row in rows[:ROW_LIMIT]
        if isinstance(row, Mapping)
    ]
    return [row for row in tidied if any(cell.strip() for cell in row.values())]


def read_draft(typed: Mapping[str, object], sources: Collection[str]) -> Reading:
    """Read a draft; `sources` are the sources of money that may be named."""
    kept = tidy(typed)
    reader = _Reader(sources)
    parts: dict[str, Any] = {
        section: tuple(reader.rows(section, kept[section]))  # type: ignore[arg-type]
        for section in SECTIONS
    }
    texts = {name: str(kept[name]).strip() for name in TEXT_LIMITS}
    return Reading(
        texts=texts, faults=tuple(reader.faults), line_totals=reader.line_totals, **parts
    )


@dataclass
class _Reader:
    """Reads rows one after another and keeps the faults."""

    sources: Collection[str]
    faults: list[Fault] = field(default_factory=list)
    line_totals: dict[int, Som] = field(default_factory=dict)

    def rows(self, section: str, rows: Rows) -> list[object]:
        build = getattr(self, f"_{section}")
        return [
            found
            for number, row in enumerate(rows)
            if (found := self._row(section, number, row, build)) is not None
        ]

    def _row(self, section: str, number: int, row: dict[str, str], build: object) -> object | None:
        before = len(self.faults)
        values = {}
        for column, typed in row.items():
            try:
                values[column] = self._cell(column, typed.strip())
            except _UnreadableError as unread:
                self.faults.append(Fault(section, number, column, str(unread), typed))
        found = None
        if len(self.faults) == before:
            found = build(number, values)  # type: ignore[operator]
        return found

    def _cell(self, column: str, typed: str) -> object:
        if column in {"title", "role"} and not typed:
            raise _UnreadableError("empty")
        if column in {"target", "quantity"}:
            return _count(typed)
        if column == "rate":
            return _money(typed)
        if column in {"starts_on", "ends_on"}:
            return _day(typed)
        if column == "source" and typed not in self.sources:
            raise _UnreadableError("source" if typed else "source_missing")
        return typed

    def _results(self, _number: int, values: dict[str, object]) -> ResultRow:
        return ResultRow(**values)  # type: ignore[arg-type]

    def _activities(self, number: int, values: dict[str, object]) -> ActivityRow | None:
        found = ActivityRow(**values)  # type: ignore[arg-type]
        if found.ends_on < found.starts_on:
            self.faults.append(
                Fault("activities", number, "ends_on", "ends_before", f"{found.ends_on:%d.%m.%Y}")
            )
            return None
        return found

    def _team(self, _number: int, values: dict[str, object]) -> TeamRow:
        return TeamRow(**values)  # type: ignore[arg-type]

    def _budget(self, number: int, values: dict[str, object]) -> BudgetRow | None:
        found = BudgetRow(**values)  # type: ignore[arg-type]
        # One line may not exceed what a thousand such lines can be summed up to.
        if found.total.tyiyn > LARGEST // 1000:
            self.faults.append(Fault("budget", number, "rate", "too_large", str(found.rate)))
            return None
        self.line_totals[number] = found.total
        return found


def _count(typed: str) -> Decimal:
    """Read a quantity with the strictness of money: at most two places, no doubt."""
    amount = _money(typed)
    if amount > _LARGEST_COUNT:
        raise _UnreadableError("too_large")
    return Decimal(amount.tyiyn) / 100


def _money(typed: str) -> Som:
    try:
        return Som.parse(typed)
    except BadAmount as bad:
        raise _UnreadableError(bad.reason) from bad


def _day(typed: str) -> date:
    if not typed:
        raise _UnreadableError("day_missing")
    # Digits of other scripts are no date: the applicant's browser reads the draft as we do.
    if not typed.isascii():
        raise _UnreadableError("day")
    for shape in _DAY_SHAPES:
        try:
            found = datetime.strptime(typed, shape).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
        if found.year in _YEARS:
            return found
    raise _UnreadableError("day")


def missing_parts(reading: Reading) -> tuple[str, ...]:
    """Return the parts that must be filled and are not, then the sections with faults."""
    texts = tuple(name for name in ("title", "summary", "method") if not reading.texts[name])
    faulty = {fault.section for fault in reading.faults}
    rows = tuple(
        section for section in SECTIONS if not getattr(reading, section) and section not in faulty
    )
    return (*texts, *rows, *(f"{section}_faults" for section in SECTIONS if section in faulty))


def differences(mine: Mapping[str, object], theirs: Mapping[str, object]) -> tuple[str, ...]:
    """Return the parts in which two versions of a draft differ."""
    mine, theirs = tidy(mine), tidy(theirs)
    return tuple(part for part in (*TEXT_LIMITS, *SECTIONS) if mine[part] != theirs[part])
