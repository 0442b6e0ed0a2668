"""The drill: a back-up is restored beside the living data and compared with what it promised."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from ashar.server.backups.copying import drop_database, empty_database, load_dump
from ashar.server.backups.folder import work_folder
from ashar.server.backups.portrait import opened, standing_in
from ashar.server.backups.restoring import Opened, compare_with, open_backup


@dataclass(frozen=True)
class Drill:
    """What a drill showed."""

    file: str
    rows: int
    files: int
    journal: int
    seconds: float


def drill(file: Path, *, identity: Path | None = None) -> Drill:
    """Restore a back-up into a temporary database and compare everything; refuse what differs."""
    began = time.monotonic()
    work = work_folder("drill")
    try:
        found = open_backup(file, identity, work)
        with _restored(found) as wrapper, standing_in(wrapper):
            compare_with(found.portrait)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Drill(
        file=file.name,
        rows=sum(found.portrait.counts.values()),
        files=len(found.manifest["files"]),
        journal=found.portrait.head.get("number", 0),
        seconds=time.monotonic() - began,
    )


@contextmanager
def _restored(found: Opened) -> Iterator[BaseDatabaseWrapper]:
    if connection.vendor == "sqlite":
        with opened(str(found.database)) as wrapper:
            yield wrapper
        return
    name = f"ashar_drill_{os.getpid()}"
    drop_database(name)
    empty_database(name)
    try:
        load_dump(found.database, name)
        with opened(name) as wrapper:
            yield wrapper
    finally:
        drop_database(name)
