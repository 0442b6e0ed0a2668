"""What a database holds, in figures: two portraits that agree are of the same content."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.utils import load_backend

_ROWS_AT_ONCE = 500
_SPACE = 2**256


@dataclass(frozen=True)
class Portrait:
    """How many rows each table has, a digest of them, the head of the journal, the migrations."""

    counts: dict[str, int] = field(default_factory=dict)
    contents: dict[str, str] = field(default_factory=dict)
    head: dict[str, Any] = field(default_factory=dict)
    migrations: list[str] = field(default_factory=list)

    def told(self) -> dict[str, Any]:
        """Return it as JSON holds it."""
        return asdict(self)

    def differences(self, other: Portrait) -> list[str]:
        """Name what is not the same in the other; nothing is said of what the rows hold."""
        found = [
            f"{table}: {self.counts.get(table)} rows became {other.counts.get(table)}"
            for table in sorted(self.counts.keys() | other.counts.keys())
            if self.counts.get(table) != other.counts.get(table)
        ]
        found += [
            f"{table}: rows are not the same"
            for table in sorted(self.contents.keys() & other.contents.keys())
            if self.counts.get(table) == other.counts.get(table)
            and self.contents[table] != other.contents[table]
        ]
        if self.head != other.head:
            found.append(f"journal: entry {self.head.get('number')} is not the last one")
        if self.migrations != other.migrations:
            found.append("the tables are of another version")
        return found


def portrait(connection: BaseDatabaseWrapper) -> Portrait:
    """Look at every table of a database."""
    names = sorted(
        info.name
        for info in connection.introspection.get_table_list(connection.cursor())
        if info.type == "t"
    )
    seen = {name: _table(connection, name) for name in names}
    return Portrait(
        counts={name: count for name, (count, _sum) in seen.items()},
        contents={name: digest for name, (_count, digest) in seen.items()},
        head=_head(connection) if "journal_head" in names else {},
        migrations=_migrations(connection) if "django_migrations" in names else [],
    )


def _table(connection: BaseDatabaseWrapper, name: str) -> tuple[int, str]:
    """Count the rows and add up their digests, whatever order they come in."""
    count = total = 0
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")  # noqa: S608 - a table's name, quoted
        while rows := cursor.fetchmany(_ROWS_AT_ONCE):
            for row in rows:
                plain = tuple(bytes(v) if isinstance(v, memoryview) else v for v in row)
                digest = hashlib.sha256(repr(plain).encode("utf-8", "surrogatepass")).digest()
                total = (total + int.from_bytes(digest)) % _SPACE
                count += 1
    return count, f"{total:064x}"


def _asked(connection: BaseDatabaseWrapper, question: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return list(cursor.fetchall())


def _head(connection: BaseDatabaseWrapper) -> dict[str, Any]:
    rows = _asked(connection, "SELECT number, digest FROM journal_head ORDER BY id")
    return {"number": rows[0][0], "digest": rows[0][1]} if rows else {}


def _migrations(connection: BaseDatabaseWrapper) -> list[str]:
    rows = _asked(connection, "SELECT app, name FROM django_migrations")
    return sorted(f"{app}.{name}" for app, name in rows)


def is_empty(connection: BaseDatabaseWrapper) -> bool:
    """Say whether the database has no table yet."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


@contextmanager
def opened(name: str) -> Iterator[BaseDatabaseWrapper]:
    """Open another database of the same server, or another file, with the same settings."""
    here = connections[DEFAULT_DB_ALIAS].settings_dict
    wrapper = load_backend(here["ENGINE"]).DatabaseWrapper(
        {**here, "NAME": name, "CONN_MAX_AGE": 0}, DEFAULT_DB_ALIAS
    )
    try:
        yield wrapper
    finally:
        wrapper.close()


@contextmanager
def standing_in(wrapper: BaseDatabaseWrapper) -> Iterator[None]:
    """Let every query of this thread read the other database for a moment."""
    before = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = wrapper
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = before
