"""Which database, and how it must be opened so that nothing acknowledged is lost; pure."""

from __future__ import annotations

import sys
from pathlib import Path
from types import ModuleType
from urllib.parse import parse_qsl, unquote, urlsplit

Version = tuple[int, int, int]

# Versions of SQLite in which the WAL-reset fault is mended (docs/adr/0001).
FIRST_SAFE: Version = (3, 51, 3)
SAFE_BACKPORTS: tuple[Version, ...] = ((3, 50, 7), (3, 44, 6))

WAL_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
    "PRAGMA recursive_triggers=ON; PRAGMA cell_size_check=ON;"
)
# SQLite keeps no queue: who waits asks again every tenth of a second and may be passed over by
# others many times. Within the server writers pass one by one (ashar.server.middleware); between
# processes twenty seconds were too few for eight of them on a busy machine.
PATIENCE = 60  # seconds
FALLBACK_PRAGMAS = (
    "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA; "
    "PRAGMA recursive_triggers=ON; PRAGMA cell_size_check=ON;"
)


class BadDatabaseAddress(ValueError):
    """DATABASE_URL cannot be understood; the text says what to write instead."""


def is_wal_safe(version: Version) -> bool:
    """Say whether this SQLite keeps acknowledged writes in WAL mode."""
    if version >= FIRST_SAFE:
        return True
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in SAFE_BACKPORTS)


def swap_sqlite(bundled: ModuleType) -> None:
    """Make `import sqlite3` give the bundled, mended library to everyone, Django included."""
    sys.modules["sqlite3"] = bundled
    sys.modules["sqlite3.dbapi2"] = bundled.dbapi2


def sqlite_database(path: Path | str, version: Version) -> dict[str, object]:
    """Django's settings of an SQLite file, durable on the given library."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": PATIENCE,
            "init_command": WAL_PRAGMAS if is_wal_safe(version) else FALLBACK_PRAGMAS,
        },
    }


def postgresql_database(address: str) -> dict[str, object]:
    """Django's settings of a PostgreSQL database, from `postgresql://user:word@host:port/name`."""
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }


def database_from_address(address: str, *, default: Path, version: Version) -> dict[str, object]:
    """Django's settings of the database named by DATABASE_URL; empty means the SQLite default."""
    if not address:
        return sqlite_database(default, version)
    scheme = urlsplit(address).scheme
    if scheme == "sqlite":
        return sqlite_database(
            unquote(address.removeprefix("sqlite://").removeprefix("/")), version
        )
    if scheme in {"postgres", "postgresql"}:
        return postgresql_database(address)
    raise BadDatabaseAddress(
        f"DATABASE_URL begins with “{scheme}”. Write sqlite:///var/ashar.sqlite3 "
        "or postgresql://user:password@127.0.0.1:5432/ashar."
    )
