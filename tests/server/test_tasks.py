"""The clock goes on when one of its tasks fails."""

from __future__ import annotations

import pytest

from ashar.server import tasks


def two():
    return 2


def broken():
    raise RuntimeError("no")


@pytest.mark.django_db
def test_one_failure_stops_no_other(monkeypatch):
    monkeypatch.setattr(tasks, "close_old_connections", lambda: None)
    monkeypatch.setattr(tasks, "import_string", lambda name: globals()[name])
    assert tasks.run_all(("broken", "two", "two")) == 4
