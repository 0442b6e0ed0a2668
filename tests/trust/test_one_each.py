"""P18: one member, one sheet; one organisation, one proposal: eight processes at once."""

from __future__ import annotations

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from tests.machine import Machine

pytestmark = pytest.mark.trust
PROCESSES, TIMES = 8, 200
START = 20  # seconds until all eight have read their lists


@pytest.fixture
def machine(tmp_path, django_db_setup, django_db_blocker):
    """A whole Ashar of its own, on the database that the suite runs on."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield Machine(tmp_path / "ashar").build()
        return
    name = f"ashar_crowd_{os.getpid()}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield Machine(tmp_path / "ashar", f"{address.rpartition('/')[0]}/{name}").build()
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def said(machine, sentence):
    """Run one function of the crowd; return what it told."""
    told = machine.python(f"from tests.trust import crowd\ncrowd.{sentence}")
    return json.loads(told or "{}")


def together(machine, **named):
    """Let eight processes do the same at the same second."""
    extra = "".join(f", {key}={value!r}" for key, value in named.items())
    sentence = f"work({time.time() + START}{extra})"
    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(lambda _one: said(machine, sentence), range(PROCESSES)))


def test_p18_one_sheet_and_one_proposal_each(machine):
    said(machine, f"prepare({TIMES})")
    told = together(machine)
    found = said(machine, "doubled()")
    assert found == {"doubled": 0, "sheets": TIMES, "proposals": TIMES, "declared": TIMES}
    assert sum(one["sheets"] for one in told) == TIMES
    assert sum(one["told"] for one in told) == TIMES * (PROCESSES - 1)


def test_p18_notices_when_nobody_looks(machine):
    said(machine, f"prepare({TIMES})")
    said(machine, "without_locks()")
    together(machine, careless=True)
    assert said(machine, "doubled()")["doubled"] > 0
