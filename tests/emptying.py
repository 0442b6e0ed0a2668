"""Lets a test database be emptied although its append-only tables refuse it."""

from __future__ import annotations

from contextlib import contextmanager

from django.db import connection

SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
POSTGRES = "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"


@contextmanager
def unguarded():
    """The guards of append-only tables are off inside, and on again afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(SQLITE if connection.vendor == "sqlite" else POSTGRES)
        guards = cursor.fetchall()
        for name, *_sql in guards:
            is_lite = connection.vendor == "sqlite"
            off = (
                f'DROP TRIGGER "{name}"' if is_lite else f"ALTER TABLE {name} DISABLE TRIGGER USER"
            )
            cursor.execute(off)
    yield
    with connection.cursor() as cursor:
        for name, *sql in guards:
            cursor.execute(sql[0] if sql else f"ALTER TABLE {name} ENABLE TRIGGER USER")
