"""What is installed here, for whoever asks for help."""

from __future__ import annotations

import importlib.metadata
import platform
from typing import Any, cast

import django
from django.db import connection


def versions() -> dict[str, str]:
    """Return the versions that a report of a fault should name."""
    return {
        "Ashar": importlib.metadata.version("ashar"),
        "Python": platform.python_version(),
        "Django": django.get_version(),
        **_database(),
    }


def _database() -> dict[str, str]:
    if connection.vendor == "sqlite":
        return {"SQLite": cast("Any", connection).Database.sqlite_version}
    number = cast("Any", connection).pg_version
    return {"PostgreSQL": f"{number // 10000}.{number % 10000}"}
