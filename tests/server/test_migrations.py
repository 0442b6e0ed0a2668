"""The migrations build the database, and the database itself keeps what may only grow."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)
TRY = """
import django
django.setup()
from django.db import connection, transaction
from django.utils import timezone
from ashar.journal.actions import write
write("tried", subject="test:1", by=None)
for sentence in (
    "UPDATE journal_entry SET action = 'changed'",
    "DELETE FROM journal_entry",
    "INSERT OR REPLACE INTO journal_entry (number, at, actor_name, mandate, action, subject,"
    " case_ref, data, rows, digest)"
    " SELECT number, at, '', '', 'changed', '', '', '{}', '{}', '' FROM journal_entry"
    if connection.vendor == "sqlite" else "TRUNCATE journal_entry",
):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sentence)
    except Exception as refused:
        assert "append-only" in str(refused), refused
    else:
        raise SystemExit(f"not refused: {sentence}")
with connection.cursor() as cursor:
    cursor.execute("SELECT action FROM journal_entry")
    assert cursor.fetchall() == [("tried",)]
print("kept")
"""


@pytest.fixture
def other_database(db, tmp_path):
    """The environment of an empty database of the same kind as the suite's."""
    environment = {
        **os.environ,
        "ASHAR_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    if connection.vendor == "sqlite":
        environment.pop("DATABASE_URL", None)
        yield environment
        return
    name = f"ashar_migrations_{os.getpid()}"
    address = environment["DATABASE_URL"].rpartition("/")[0]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield {**environment, "DATABASE_URL": f"{address}/{name}"}
    with connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name}")


def run(environment, *words):
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_migrated_database_refuses_to_change_its_journal(other_database):
    migrated = run(other_database, "manage.py", "migrate", "-v0")
    assert (migrated.returncode, migrated.stdout) == (0, ""), migrated.stderr
    tried = run(other_database, "-c", TRY)
    assert tried.stdout == "kept\n", tried.stderr
    back = run(other_database, "manage.py", "migrate", "journal", "zero", "-v0")
    assert back.returncode == 0, back.stderr
