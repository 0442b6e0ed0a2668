"""Which settings a database gets, so that nothing acknowledged is lost."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from ashar.server import storage


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 4), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 53, 4), True),
        ((4, 0, 0), True),
    ],
)
def test_versions_with_the_fault_are_known(version, safe):
    assert storage.is_wal_safe(version) is safe


def test_a_mended_library_writes_ahead_and_waits_for_the_disk():
    options = storage.sqlite_database("x.sqlite3", (3, 53, 4))["OPTIONS"]
    assert options == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; "
        "PRAGMA recursive_triggers=ON; PRAGMA cell_size_check=ON;",
    }


def test_a_faulty_library_deletes_its_journal_and_waits_twice():
    options = storage.sqlite_database("x.sqlite3", (3, 40, 1))["OPTIONS"]
    assert options["init_command"].startswith(
        "PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA;"
    )


def _read(address):
    return storage.database_from_address(address, default=Path("d.sqlite3"), version=(3, 53, 4))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("", "d.sqlite3"),
        ("sqlite:///var/x.sqlite3", "var/x.sqlite3"),
        ("sqlite:////srv/x", "/srv/x"),
    ],
)
def test_an_sqlite_address(address, name):
    assert _read(address)["NAME"] == name


def test_a_postgresql_address():
    found = _read("postgresql://ashar:p%40ss@db.example:5433/ashar?sslmode=require")
    assert {key: found[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT", "OPTIONS")} == {
        "NAME": "ashar",
        "USER": "ashar",
        "PASSWORD": "p@ss",
        "HOST": "db.example",
        "PORT": "5433",
        "OPTIONS": {"sslmode": "require"},
    }


def test_another_address_is_refused_with_advice():
    with pytest.raises(storage.BadDatabaseAddress, match="Write sqlite:///"):
        _read("mysql://x/y")


@pytest.mark.django_db
def test_django_uses_the_library_that_was_chosen():
    if connection.vendor != "sqlite":
        pytest.skip("says something about SQLite only")
    assert connection.Database.sqlite_version_info == sqlite3.sqlite_version_info
