"""Measure on SQLite, and on PostgreSQL where one answers; write a table and JSON."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from tools.benching.report import table

ROOT = Path(__file__).resolve().parents[2]
LOCAL = "postgresql://postgres@127.0.0.1:5432/postgres"


def _say(line: str) -> None:
    print(line, flush=True)


def _postgresql() -> str:
    """Return the address of a PostgreSQL to measure on: DATABASE_URL, or the one of this machine.

    Without either there is nothing to measure on, which is no fault: the answer is empty.
    """
    given = os.environ.get("DATABASE_URL", "")
    address = given if given.startswith("postgres") else LOCAL
    try:
        psycopg.connect(address, connect_timeout=2).close()
    except psycopg.Error:
        return ""
    return address


@contextmanager
def _own_database(address: str) -> Iterator[str]:
    """Make an empty database beside the one named, and remove it afterwards."""
    name = f"ashar_bench_{os.getpid()}"
    with psycopg.connect(address, autocommit=True) as line:
        line.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(address, autocommit=True) as line:
            line.execute(
                sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
            )


def _measure(engine: str, database: str, given: argparse.Namespace) -> dict[str, Any]:
    """Measure one engine in a process of its own, in a folder of its own."""
    folder = given.folder / engine
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    result = folder / "result.json"
    command = [sys.executable, "-m", "tools.benching.run", str(result)]
    for size in ("proposals", "municipalities", "years"):
        command += [f"--{size}", str(getattr(given, size))]
    if given.without_migrations:
        command.append("--without-migrations")
    _say(f"{engine}: {given.proposals} proposals, {given.municipalities} municipalities")
    surroundings = {**os.environ, "ASHAR_VAR": str(folder), "DATABASE_URL": database}
    done = subprocess.run(command, cwd=ROOT, env=surroundings, check=False)
    if done.returncode:
        return {"fault": "the measurement stopped; what it said stands above"}
    found: dict[str, Any] = json.loads(result.read_text())
    return found


def main() -> int:
    """Measure every engine there is. Slow pages are reported, never punished: no clock fails."""
    parser = argparse.ArgumentParser(prog="make bench")
    parser.add_argument("--proposals", type=int, default=10_000)
    parser.add_argument("--municipalities", type=int, default=500)
    parser.add_argument("--years", type=int, default=10)
    parser.add_argument("--without-migrations", action="store_true")
    parser.add_argument("--engine", choices=("sqlite", "postgresql"))
    parser.add_argument("--folder", type=Path, default=ROOT / "var" / "bench")
    given = parser.parse_args()
    found: dict[str, dict[str, Any]] = {}
    if given.engine != "postgresql":
        found["sqlite"] = _measure("sqlite", "", given)
    address = _postgresql() if given.engine != "sqlite" else ""
    if address:
        with _own_database(address) as database:
            found["postgresql"] = _measure("postgresql", database, given)
    elif given.engine != "sqlite":
        _say("No PostgreSQL answers (DATABASE_URL, or 127.0.0.1:5432): measured without it.")
    given.folder.mkdir(parents=True, exist_ok=True)
    (given.folder / "bench.json").write_text(json.dumps(found, ensure_ascii=False, indent=1))
    drawn = table(found)
    (given.folder / "bench.md").write_text(drawn)
    _say(drawn)
    return int(any("fault" in engine for engine in found.values()))


if __name__ == "__main__":
    sys.exit(main())
