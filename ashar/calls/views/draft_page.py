"""The long form of a proposal as a page shows it: everything as typed, faults beside it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ashar.calls.choices import COLUMN_TITLES, FAULTS, PROPOSAL_PARTS
from ashar.calls.core import ROW_LIMIT, SECTIONS, TEXT_LIMITS, Reading, tidy
from ashar.calls.queries.proposals import requested_in, said_source
from ashar.kernel.money import Som
from ashar.programmes.choices import FundingSource

BLANK_ROWS = 2
ADDED_ROWS = 5
_NAME = re.compile(r"(results|activities|team|budget)-(\d{1,3})-([a-z_]+)", re.ASCII)
_ROWS_OF_TEXT = {"title": 0, "summary": 5, "method": 8, "experience": 5, "sustainability": 5}
_NUMERIC = frozenset({"target", "quantity", "rate"})
_DAYS = frozenset({"starts_on", "ends_on"})


@dataclass(frozen=True)
class Cell:
    """One input of a row."""

    name: str
    label: str
    value: str
    limit: int
    kind: str
    error: str = ""


@dataclass(frozen=True)
class Row:
    """One row of a section; the line's sum stands beside budget rows."""

    number: int
    cells: tuple[Cell, ...]
    total: Som | None = None


@dataclass(frozen=True)
class Section:
    """A part in rows."""

    key: str
    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Text:
    """A part in words."""

    name: str
    label: str
    value: str
    limit: int
    rows: int


@dataclass(frozen=True)
class Totals:
    """Sums of what can be read."""

    total: Som
    requested: Som
    by_source: tuple[tuple[str, Som], ...]
    maximum: Som | None

    @property
    def is_over(self) -> bool:
        """Whether more is asked than the announcement allows."""
        return self.maximum is not None and self.requested > self.maximum


@dataclass(frozen=True)
class DraftPage:
    """The whole form."""

    texts: tuple[Text, ...]
    sections: tuple[Section, ...]
    totals: Totals
    errors: tuple[tuple[str, str], ...]
    sources: tuple[tuple[str, str], ...] = field(
        default_factory=lambda: tuple((key, str(label)) for key, label in FundingSource.choices)
    )


def typed_from(post: Mapping[str, Any]) -> dict[str, object]:
    """Return what was typed, section by section, from the fields of the form."""
    rows: dict[str, dict[int, dict[str, str]]] = {section: {} for section in SECTIONS}
    for name in post:
        found = _NAME.fullmatch(name)
        if found:
            section, number, column = found[1], int(found[2]), found[3]
            rows[section].setdefault(number, {})[column] = str(post[name])
    typed: dict[str, object] = {name: str(post.get(name, "")) for name in TEXT_LIMITS}
    for section, found_rows in rows.items():
        typed[section] = [found_rows[number] for number in sorted(found_rows)]
    return tidy(typed)


def draft_page(
    typed: Mapping[str, object], reading: Reading, maximum: Som | None, more: str = ""
) -> DraftPage:
    """Return the form; `more` names the section that gets further empty rows."""
    kept = tidy(typed)
    errors = {fault.name: str(FAULTS[fault.reason]) for fault in reading.faults}
    sections = tuple(
        _section(key, kept[key], errors, reading, more)  # type: ignore[arg-type]
        for key in SECTIONS
    )
    texts = tuple(
        Text(name, str(PROPOSAL_PARTS[name]), str(kept[name]), limit, _ROWS_OF_TEXT[name])
        for name, limit in TEXT_LIMITS.items()
    )
    listed = tuple(
        (
            name,
            f"{PROPOSAL_PARTS[name.split('-')[0]]}, {int(name.split('-')[1]) + 1}: {sentence}",
        )
        for name, sentence in errors.items()
    )
    return DraftPage(texts, sections, totals_of(reading, maximum), listed)


def totals_of(reading: Reading, maximum: Som | None) -> Totals:
    """Return the sums of the draft."""
    by_source = tuple((said_source(key), amount) for key, amount in reading.by_source().items())
    return Totals(reading.total, requested_in(reading), by_source, maximum)


def said_part(part: object) -> str:
    """Return a part of a draft in words: a text as it is, rows line by line."""
    if isinstance(part, str):
        return part
    rows = part if isinstance(part, list) else []
    return "\n".join("; ".join(cell for cell in row.values() if cell) for row in rows)


def _section(
    key: str, rows: list[dict[str, str]], errors: Mapping[str, str], reading: Reading, more: str
) -> Section:
    empty = ADDED_ROWS if key == more else (1 if rows else BLANK_ROWS)
    blank = min(empty, ROW_LIMIT - len(rows))
    everything = [*rows, *({} for _number in range(blank))]
    return Section(
        key,
        str(PROPOSAL_PARTS[key]),
        tuple(_row(key, number, row, errors, reading) for number, row in enumerate(everything)),
    )


def _row(
    section: str, number: int, row: Mapping[str, str], errors: Mapping[str, str], reading: Reading
) -> Row:
    cells = tuple(
        Cell(
            name=f"{section}-{number}-{column}",
            label=str(COLUMN_TITLES[section][column]),
            value=row.get(column, ""),
            limit=limit,
            kind=_kind(column),
            error=errors.get(f"{section}-{number}-{column}", ""),
        )
        for column, limit in SECTIONS[section].items()
    )
    total = reading.line_totals.get(number) if section == "budget" else None
    return Row(number, cells, total)


def _kind(column: str) -> str:
    if column == "source":
        return "source"
    if column in _NUMERIC:
        return "decimal"
    return "day" if column in _DAYS else "text"
