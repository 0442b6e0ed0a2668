"""A copy of the database as it stands at one moment, while people go on working."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from ashar.server.backups.disk import PRIVATE, settle
from ashar.server.backups.errors import BackupRefused
from ashar.server.backups.portrait import Portrait, opened, portrait

SQLITE_FILE = "database.sqlite3"
POSTGRESQL_FILE = "database.dump"
_WAIT = 30.0  # seconds for a writer to finish


def copy_database(folder: Path) -> tuple[Path, Portrait]:
    """Copy the database into the folder; return the file and the portrait of that very moment."""
    here = connections[DEFAULT_DB_ALIAS]
    if here.vendor == "sqlite":
        return _copy_sqlite(here, folder / SQLITE_FILE)
    return _dump_postgresql(here, folder / POSTGRESQL_FILE)


def _copy_sqlite(here: BaseDatabaseWrapper, target: Path) -> tuple[Path, Portrait]:
    """Copy all pages in one step: a copy in small steps begins anew at every write of others."""
    target.touch(mode=PRIVATE)
    here.ensure_connection()
    copy = sqlite3.connect(target, timeout=_WAIT)
    try:
        # The live file is never copied as a file: five of six such copies missed work.
        here.connection.backup(copy, pages=-1)
        copy.execute("PRAGMA journal_mode=DELETE")
    finally:
        copy.close()
    settle(target)
    settle(target.parent)
    with opened(str(target)) as seen:
        refuse_damage(seen)
        return target, portrait(seen)


def _dump_postgresql(here: BaseDatabaseWrapper, target: Path) -> tuple[Path, Portrait]:
    """Dump under a snapshot that the portrait is drawn from too."""
    program = client_program("pg_dump")
    with opened(str(here.settings_dict["NAME"])) as reader:
        with reader.cursor() as cursor:
            cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            snapshot = cursor.fetchone()[0]
        command = [program, "--format=custom", "--no-owner", "--no-privileges", "--schema=public"]
        target.touch(mode=PRIVATE)
        _run([*command, f"--snapshot={snapshot}", f"--file={target}"], here)
        drawn = portrait(reader)
        with reader.cursor() as cursor:
            cursor.execute("ROLLBACK")
    settle(target)
    return target, drawn


def client_program(name: str) -> str:
    """Return the path of a PostgreSQL client program, or say how to get it."""
    found = shutil.which(name)
    if found is None:
        raise BackupRefused(
            f"{name} is not installed, and PostgreSQL cannot be backed up without it. "
            "Install the client of your server's version (Debian: apt install postgresql-client)."
        )
    return found


def _run(command: list[str], here: BaseDatabaseWrapper, name: str | None = None) -> None:
    """Run a client program against the database; what it says of rows is not repeated."""
    done = subprocess.run(  # noqa: S603 - a fixed program with our own settings
        [*command, f"--dbname={name or here.settings_dict['NAME']}"],
        env={**os.environ, **_environment(here.settings_dict)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        program = Path(command[0]).name
        lines = [line for line in done.stderr.splitlines() if "version" in line or "auth" in line]
        raise BackupRefused(
            f"{program} ended with {done.returncode}. {' '.join(lines[:2])}".strip()
            + f" Run `{program}` by hand to read its words; they may repeat people's data."
        )


def _environment(told: dict[str, Any]) -> dict[str, str]:
    """Return how the client programs find the server; a password never stands in a command."""
    given = {
        "PGHOST": told.get("HOST"),
        "PGPORT": told.get("PORT"),
        "PGUSER": told.get("USER"),
        "PGPASSWORD": told.get("PASSWORD"),
        "PGSSLMODE": told.get("OPTIONS", {}).get("sslmode"),
    }
    return {name: str(value) for name, value in given.items() if value}


def load_dump(dump: Path, name: str | None = None) -> None:
    """Load a dump of PostgreSQL into the database of this name, whole or not at all."""
    here = connections[DEFAULT_DB_ALIAS]
    program = client_program("pg_restore")
    command = [program, "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
    _run([*command, "--schema=public", str(dump)], here, name)


def refuse_damage(connection: BaseDatabaseWrapper) -> None:
    """Read the whole database; a damaged one is no back-up."""
    if connection.vendor != "sqlite":
        return  # loading a dump builds every index and checks every rule anew
    for question in ("PRAGMA integrity_check", "PRAGMA foreign_key_check"):
        with connection.cursor() as cursor:
            cursor.execute(question)
            said = cursor.fetchall()
        if said not in ([], [("ok",)]):
            raise BackupRefused(f"The database is damaged: {question} finds {len(said)} faults.")


def empty_database(name: str) -> None:
    """Make an empty database beside the present one (PostgreSQL)."""
    _on_server(f"CREATE DATABASE {_quoted(name)}")


def drop_database(name: str) -> None:
    """Remove a database that was made for a drill."""
    _on_server(f"DROP DATABASE IF EXISTS {_quoted(name)}")


def _quoted(name: str) -> str:
    return str(connections[DEFAULT_DB_ALIAS].ops.quote_name(name))


def _on_server(sentence: str) -> None:
    with connections[DEFAULT_DB_ALIAS]._nodb_cursor() as cursor:  # noqa: SLF001 - Django's tests do so too
        cursor.execute(sentence)
