"""An empty database in place of the present one: for training only."""

from __future__ import annotations

from pathlib import Path

from django.db import connection


def start_over() -> None:
    """Remove everything from the database; the caller made sure that nothing real is lost."""
    if connection.vendor == "sqlite":
        path = Path(str(connection.settings_dict["NAME"]))
        connection.close()
        for ending in ("", "-wal", "-shm", "-journal"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        return
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE")
        cursor.execute("CREATE SCHEMA public")
    connection.close()
