"""Writes of places: entering the register's tables and the successions between units."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.cache import cache

from ashar.journal.actions import deed
from ashar.kernel.text import sort_key
from ashar.places.choices import Kind
from ashar.places.core import name_keys, plain_name
from ashar.places.models import Succession, Territory
from ashar.places.queries import POINTS_CACHE

Row = Mapping[str, str]
Key = tuple[str, date | None]

LEVELS = {
    Kind.COUNTRY: 0,
    Kind.OBLAST: 1,
    Kind.CITY_REPUBLICAN: 1,
    Kind.RAYON: 2,
    Kind.CITY_OBLAST: 2,
    Kind.CITY_DISTRICT: 2,
    Kind.AYIL_AIMAK: 3,
    Kind.CITY_RAYON: 3,
    Kind.PGT: 3,
    Kind.VILLAGE: 4,
}
_YEAR_DIGITS = 4
_COPIED = (
    "code", "kind", "name_ky", "name_ru", "name_en", "name_ky_source", "name_en_source",
    "population_basis", "source", "note",
)  # fmt: skip
_FIELDS = (
    *_COPIED, "parent", "path", "level", "search_key", "spelling_key", "sort_key",
    "sort_key_ru", "valid_from", "valid_to", "is_valid_to_year_only", "population",
    "population_year", "lat", "lon", "is_demonstration",
)  # fmt: skip


class BadTable(ValueError):
    """A table of places that cannot be entered: the sentence says which row and why."""


@dataclass(frozen=True)
class Loaded:
    """How many units were entered, changed and left as they were; how many successions stand."""

    created: int
    updated: int
    unchanged: int
    successions: int


@deed
def load_places(folder: Path, *, with_demonstration: bool = True) -> Loaded:
    """Enter the tables of a folder; a second time changes only what differs.

    Units that are not in the tables stay. Raises BadTable and enters nothing when a unit names
    a parent, a kind or a successor that does not exist.
    """
    rows = [*_read(folder / "territories.csv"), *_read(folder / "settlements.csv")]
    fictitious = _read(folder / "demonstration.csv") if with_demonstration else []
    units = [_unit(row, is_demonstration=False) for row in rows]
    units += [_unit(row, is_demonstration=True) for row in fictitious]
    parents = {row["code"]: row["parent_code"] for row in (*rows, *fictitious)}
    created, updated = _write_units(units, parents)
    successions = _write_successions(_read(folder / "successions.csv"))
    cache.delete(POINTS_CACHE)
    return Loaded(created, updated, len(units) - created - updated, successions)


@deed
def enter_territory(*, code: str, kind: str, parent: Territory | None, **facts: Any) -> Territory:
    """Enter one unit by hand: a new village, a merged aimak from its first day.

    `facts` are further columns: name_ky, name_ru, name_en, valid_from, population, source ...
    Raises ValidationError when a column is wrong.
    """
    unit = Territory(code=code, kind=kind, **facts)
    unit.level = LEVELS[Kind(kind)]
    _place(unit, parent)
    _write_keys(unit)
    unit.full_clean()
    unit.save()
    cache.delete(POINTS_CACHE)
    return unit


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _unit(row: Row, *, is_demonstration: bool) -> Territory:
    if row["kind"] not in Kind.values:
        raise BadTable(f"{row['code']}: no kind of unit is called “{row['kind']}”")
    unit = Territory(**{name: row[name] for name in _COPIED}, is_demonstration=is_demonstration)
    unit.level = LEVELS[Kind(row["kind"])]
    unit.valid_to, unit.is_valid_to_year_only = _last_day(row["valid_to"])
    unit.population = _whole(row["population"])
    unit.population_year = _whole(row["population_year"])
    unit.lat, unit.lon = _degrees(row["lat"]), _degrees(row["lon"])
    _write_keys(unit)
    return unit


def _write_keys(unit: Territory) -> None:
    unit.search_key, unit.spelling_key = name_keys(unit.naming)
    unit.sort_key = sort_key(plain_name(unit.naming, "ky").text)
    unit.sort_key_ru = sort_key(plain_name(unit.naming, "ru").text)


def _last_day(text: str) -> tuple[date | None, bool]:
    """Return the last day of a unit; a bare year gives its last day and is marked so."""
    if not text:
        return None, False
    if len(text) == _YEAR_DIGITS:
        return date(int(text), 12, 31), True
    return date.fromisoformat(text), False


def _whole(text: str) -> int | None:
    return int(text) if text else None


def _degrees(text: str) -> float | None:
    return float(text) if text else None


def _write_units(units: list[Territory], parents: Mapping[str, str]) -> tuple[int, int]:
    """Write units from the country down, so that each finds its parent's key and path."""
    known = {(unit.code, unit.valid_from): unit for unit in Territory.objects.all()}
    placed: dict[str, Territory] = {}
    created = updated = 0
    for batch in _by_depth(units, parents):
        fresh, changed = [], []
        for unit in batch:
            _place(unit, placed.get(parents[unit.code]))
            old = known.get((unit.code, unit.valid_from))
            if old is None:
                fresh.append(unit)
            else:
                unit.pk = old.pk
                if _differs(old, unit):
                    changed.append(unit)
        Territory.objects.bulk_create(fresh)
        Territory.objects.bulk_update(changed, _FIELDS, batch_size=30)
        placed.update((unit.code, unit) for unit in batch)
        created, updated = created + len(fresh), updated + len(changed)
    return created, updated


def _place(unit: Territory, parent: Territory | None) -> None:
    unit.parent = parent
    unit.path = f"{parent.path if parent else ''}{unit.code}/"


def _differs(old: Territory, new: Territory) -> bool:
    names = (*(name for name in _FIELDS if name != "parent"), "parent_id")
    return any(getattr(old, name) != getattr(new, name) for name in names)


def _by_depth(units: list[Territory], parents: Mapping[str, str]) -> Iterable[list[Territory]]:
    """Yield the units whose parents are already placed, again and again, to the last."""
    placed, waiting = {""}, units
    while waiting:
        ready = [unit for unit in waiting if parents[unit.code] in placed]
        if not ready:
            raise BadTable(f"{waiting[0].code}: its parent {parents[waiting[0].code]} is missing")
        yield ready
        placed.update(unit.code for unit in ready)
        waiting = [unit for unit in waiting if unit.code not in placed]


def _write_successions(rows: Iterable[Row]) -> int:
    rows = list(rows)
    codes = {row["predecessor"] for row in rows} | {row["successor"] for row in rows}
    units = {unit.code: unit for unit in Territory.objects.filter(code__in=codes)}
    for row in rows:
        missing = {row["predecessor"], row["successor"]} - units.keys()
        if missing:
            raise BadTable(f"successions: no unit has the code {missing.pop()}")
        day, is_year_only = _last_day(row["on"])
        Succession.objects.update_or_create(
            predecessor=units[row["predecessor"]],
            successor=units[row["successor"]],
            kind=row["kind"],
            defaults={
                "on": day,
                "is_year_only": is_year_only,
                "share": Decimal(row["share"]) if row["share"] else None,
                "act": row["act"],
                "source": row["source"],
            },
        )
    return len(rows)
