"""P15: a tranche is paid once, though eight processes pay two hundred at the same second."""

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
START = 25  # seconds until all eight have read their lists


@pytest.fixture
def machine(tmp_path, django_db_setup, django_db_blocker):
    """A whole Ashar of its own, on the database that the suite runs on."""
    address = os.environ.get("DATABASE_URL", "")
    if not address.startswith("postgres"):
        yield Machine(tmp_path / "ashar").build()
        return
    name = f"ashar_treasury_{os.getpid()}"
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    yield Machine(tmp_path / "ashar", f"{address.rpartition('/')[0]}/{name}").build()
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def said(machine, sentence):
    """Run one function of the treasury; return what it told."""
    told = machine.python(f"from tests.trust import treasury\ntreasury.{sentence}")
    return json.loads(told or "{}")


def together(machine, **named):
    """Let eight processes do the same at the same second."""
    extra = "".join(f", {key}={value!r}" for key, value in named.items())
    sentence = f"work({time.time() + START}{extra})"
    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(lambda _one: said(machine, sentence), range(PROCESSES)))


def double(told):
    """Return how many payments were made beyond one for each tranche."""
    return sum(one["paid"] for one in told) - TIMES


def test_p15_of_eight_who_pay_one_pays(machine):
    said(machine, f"prepare({TIMES})")
    told = together(machine)
    assert [one.get("last") for one in told if one["errors"]] == []
    assert double(told) == 0
    assert sum(one["told"] for one in told) == TIMES * (PROCESSES - 1)
    assert said(machine, "told()") == {"paid": TIMES, "decisions": TIMES, "stages": TIMES}


def test_p15_notices_who_pays_without_looking_at_the_others(machine):
    said(machine, f"prepare({TIMES})")
    assert double(together(machine, careless=True)) > 0
