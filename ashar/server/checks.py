"""Ashar refuses to start on storage that loses acknowledged writes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ashar.server.storage import is_wal_safe

DURABLE = {"wal": {2, 3}, "delete": {3}}  # journal mode -> levels of PRAGMA synchronous
ON_MEMORY = "memory"
POSTGRESQL_FAULTS = (
    ("fsync", "E005"),
    ("synchronous_commit", "E006"),
    ("full_page_writes", "E014"),
)
# Folders on other machines: their locks and their word “written” cannot be trusted.
FAR = re.compile(
    r"nfs\d?|cifs|smb\d?|smbfs|9p|afs|ceph|glusterfs|fuse\..*(ssh|gluster|s3|rclone|drive).*|ncpfs|lustre|davfs"
)
MOUNTS = Path("/proc/self/mountinfo")


def check_sqlite(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django calls every check alike
    databases: Sequence[str] | None = None,
    **_kwargs: object,
) -> list[CheckMessage]:
    """Every fault of the SQLite files in use, each with its remedy."""
    found: list[CheckMessage] = []
    for connection in _connections(databases, "sqlite"):
        found += _sqlite_faults(connection)
    return found


def check_postgresql(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django calls every check alike
    databases: Sequence[str] | None = None,
    **_kwargs: object,
) -> list[CheckMessage]:
    """PostgreSQL must write to the disk before it says that it has."""
    found: list[CheckMessage] = []
    for connection in _connections(databases, "postgresql"):
        with connection.cursor() as cursor:
            for name, fault in POSTGRESQL_FAULTS:
                cursor.execute(f"SHOW {name}")
                if cursor.fetchone()[0] == "off":
                    found.append(
                        Error(
                            f"PostgreSQL runs with {name}=off: a power cut loses acknowledged work.",
                            hint=f"Set {name}=on in postgresql.conf and reload the server.",
                            id=f"server.{fault}",
                        )
                    )
    return found


def check_demonstration(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django calls every check alike
    **_kwargs: object,
) -> list[CheckMessage]:
    """A municipality at work is not a demonstration and is reached over https only."""
    found: list[CheckMessage] = []
    if settings.ASHAR_DEMONSTRATION:
        found.append(
            Caution(
                "This is the demonstration: its accounts and their password are public.",
                hint="Set ASHAR_DEMONSTRATION=no and remove the demonstration's accounts.",
                id="server.W002",
            )
        )
    return found


def _connections(databases: Sequence[str] | None, vendor: str) -> list[BaseDatabaseWrapper]:
    return [connections[alias] for alias in databases or () if connections[alias].vendor == vendor]


def _pragma(connection: BaseDatabaseWrapper, name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {name}")
        row = cursor.fetchone()
    return str(row[0]).lower() if row else "0"


def file_system_of(path: Path, mounts: str) -> str:
    """Return the kind of file system a path lies on, from the kernel's list of mounts."""
    best, kind = "", ""
    for line in mounts.splitlines():
        place, _separator, rest = line.partition(" - ")
        root = place.split(" ")[4].encode().decode("unicode_escape")
        if path.is_relative_to(root) and len(root) >= len(best):
            best, kind = root, rest.split(" ")[0]
    return kind


def _distance_faults(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    """A database file must lie on a disk of this machine."""
    if not MOUNTS.is_file():
        return []
    path = Path(str(connection.settings_dict["NAME"])).resolve()
    kind = file_system_of(path, MOUNTS.read_text(encoding="utf-8"))
    if not FAR.fullmatch(kind):
        return []
    return [
        Error(
            f"The database lies on a network folder ({kind}): it will be damaged there.",
            hint="Put ASHAR_VAR on a disk of this machine, or use PostgreSQL.",
            id="server.E011",
        )
    ]


def _sqlite_faults(connection: BaseDatabaseWrapper) -> list[CheckMessage]:
    journal = _pragma(connection, "journal_mode")
    if journal == ON_MEMORY:
        return []
    found = _distance_faults(connection)
    version = cast("Any", connection).Database.sqlite_version_info
    safe = is_wal_safe(version)
    written = ".".join(str(part) for part in version)
    if journal == "wal" and not safe:
        found.append(
            Error(
                f"SQLite {written} loses acknowledged writes in WAL mode.",
                hint="Install pysqlite3 0.6.1 or newer, or leave the settings of Ashar as they are.",
                id="server.E001",
            )
        )
    if not safe:
        found.append(
            Caution(
                f"SQLite {written} has the WAL-reset fault; Ashar writes safely but more slowly.",
                hint="Install pysqlite3 0.6.1 or newer, or use PostgreSQL (docs/operations.md).",
                id="server.W001",
            )
        )
    if int(_pragma(connection, "synchronous")) not in DURABLE.get(journal, set()):
        found.append(
            Error(
                f"journal_mode={journal} with this synchronous level loses work at a power cut.",
                hint="Use WAL with FULL, or DELETE with EXTRA (ashar/server/storage.py).",
                id="server.E002",
            )
        )
    if int(_pragma(connection, "mmap_size")):
        found.append(
            Error(
                "SQLite reads the file through memory mapping, which has damaged databases.",
                hint="Remove PRAGMA mmap_size from the settings.",
                id="server.E003",
            )
        )
    if connection.settings_dict["OPTIONS"].get("transaction_mode") != "IMMEDIATE":
        found.append(
            Error(
                "Transactions on SQLite do not begin IMMEDIATE: two clerks get lock errors.",
                hint='Set "transaction_mode": "IMMEDIATE" in the OPTIONS of the database.',
                id="server.E004",
            )
        )
    return found
