"""The digest of a row: what a table held when the last deed was done.

Absent values are left out, so that a new column that is empty everywhere changes no digest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from hashlib import sha256
from typing import Any

from ashar.journal.core.chain import canonical, written

_PLAIN = (int, str, float, Mapping, list)


def row_name(label: str, pk: object) -> str:
    """Return the name of a row in the journal: `calls.call:12`."""
    return f"{label}:{pk}"


def row_digest(name: str, columns: Sequence[str], values: Iterable[Any]) -> str:
    """Return the digest of a row from its columns and values in one order."""
    kept = {
        column: plain
        for column, value in zip(columns, values, strict=True)
        if (plain := _plain(value)) not in _ABSENT
    }
    return sha256(canonical([name, kept])).hexdigest()


_ABSENT: tuple[object, ...] = (None, "", {}, [])


def _plain(value: Any) -> object:
    """Return a value of a column as JSON holds it."""
    if isinstance(value, _PLAIN) or value is None:
        return value or None if isinstance(value, bool) else value
    if isinstance(value, datetime):
        return written(value)
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, (date, time)):
        return value.isoformat()
    if isinstance(value, (bytes, memoryview)):
        return sha256(value).hexdigest()
    return getattr(value, "tyiyn", None) if hasattr(value, "tyiyn") else str(value)


def by_table(rows: Mapping[str, str | None]) -> dict[str, dict[str, str | None]]:
    """Return what the journal knows of rows, table by table."""
    found: dict[str, dict[str, str | None]] = {}
    for name, digest in rows.items():
        found.setdefault(name.partition(":")[0], {})[name] = digest
    return found


def compare(known: Mapping[str, str | None], present: Iterable[tuple[str, str]]) -> list[str]:
    """Return in words how the rows of one table differ from what the journal says of them."""
    faults, seen = [], set()
    for name, digest in present:
        seen.add(name)
        said = known.get(name)
        if said is None:
            faults.append(f"{name} was put in behind the journal's back")
        elif said != digest:
            faults.append(f"{name} was changed behind the journal's back")
    faults.extend(
        f"{name} was removed behind the journal's back"
        for name, digest in known.items()
        if digest is not None and name not in seen
    )
    return faults
