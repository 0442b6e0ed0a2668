"""Ashar says what is wrong with its storage, and how to mend it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper
from django.test import override_settings

from ashar.server import checks, storage

# The faults are asked of real files, opened beside the test database.
pytestmark = pytest.mark.django_db


def _faults(tmp_path, monkeypatch, *, pragmas, version=(3, 53, 4), mode="IMMEDIATE"):
    database = connection.settings_dict | storage.sqlite_database(tmp_path / "x.sqlite3", version)
    database["OPTIONS"] = database["OPTIONS"] | {"init_command": pragmas, "transaction_mode": mode}
    opened = DatabaseWrapper(database, alias="tried")
    opened.Database = SimpleNamespace(**{**vars(opened.Database), "sqlite_version_info": version})
    monkeypatch.setattr(checks, "connections", {"tried": opened})
    try:
        return [fault.id for fault in checks.check_sqlite(None, databases=["tried"])]
    finally:
        opened.close()


@pytest.mark.parametrize(
    ("pragmas", "version", "expected"),
    [
        (storage.WAL_PRAGMAS, (3, 53, 4), []),
        (storage.WAL_PRAGMAS, (3, 40, 1), ["server.E001", "server.W001"]),
        (storage.FALLBACK_PRAGMAS, (3, 40, 1), ["server.W001"]),
        ("PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;", (3, 53, 4), ["server.E002"]),
        ("PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;", (3, 53, 4), ["server.E002"]),
        ("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL;", (3, 53, 4), ["server.E002"]),
        (storage.WAL_PRAGMAS + "PRAGMA mmap_size=1000000;", (3, 53, 4), ["server.E003"]),
    ],
)
def test_p27_unsafe_storage_is_refused(tmp_path, monkeypatch, pragmas, version, expected):
    assert _faults(tmp_path, monkeypatch, pragmas=pragmas, version=version) == expected


def test_p27_notices_when_a_step_that_does_not_wait_counts_as_safe(tmp_path, monkeypatch):
    """The planted fault: the check takes NORMAL for durable; what loses work is not told."""
    careless = {kind: {*levels, 1} for kind, levels in checks.DURABLE.items()}
    monkeypatch.setattr(checks, "DURABLE", careless)
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    assert "server.E002" not in _faults(tmp_path, monkeypatch, pragmas=pragmas)


def test_deferred_transactions_are_refused(tmp_path, monkeypatch):
    found = _faults(tmp_path, monkeypatch, pragmas=storage.WAL_PRAGMAS, mode="DEFERRED")
    assert found == ["server.E004"]


class _Server:
    vendor = "postgresql"

    def __init__(self, answers):
        self.answers = answers

    def cursor(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def execute(self, question):
        self.answer = self.answers[question.removeprefix("SHOW ")]

    def fetchone(self):
        return (self.answer,)


@pytest.mark.parametrize(
    ("fsync", "commit", "pages", "expected"),
    [
        ("on", "on", "on", []),
        ("off", "on", "on", ["server.E005"]),
        ("on", "off", "on", ["server.E006"]),
        ("on", "on", "off", ["server.E014"]),
        ("on", "remote_apply", "on", []),
    ],
)
def test_p27_a_forgetful_postgresql_is_refused(monkeypatch, fsync, commit, pages, expected):
    given = {"fsync": fsync, "synchronous_commit": commit, "full_page_writes": pages}
    server = _Server(given)
    monkeypatch.setattr(checks, "connections", {"default": server})
    assert [fault.id for fault in checks.check_postgresql(None, databases=["default"])] == expected


@pytest.mark.django_db
def test_the_database_in_use_is_in_order():
    found = [
        *checks.check_sqlite(None, databases=["default"]),
        *checks.check_postgresql(None, databases=["default"]),
    ]
    assert [fault.id for fault in found if fault.id.startswith("server.E")] == []


@pytest.mark.parametrize(("shown", "expected"), [(True, ["server.W002"]), (False, [])])
def test_a_demonstration_is_no_municipality(shown, expected):
    with override_settings(ASHAR_DEMONSTRATION=shown):
        assert [fault.id for fault in checks.check_demonstration(None)] == expected
