"""P20, P41: 32 connections at once, on the real server; figures are printed and kept.

A clock fails no test: a shared machine has no say over a promise. What is asserted is that nobody
in the crowd gets a fault, and that every audited write stands in the journal; whether the bars of
300 a second and 250 ms were met is printed and kept in var/load.json (docs/promises.md).
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict

import pytest
from django.conf import settings
from django.db import connection

from tests.load.flows import Flow, ask, broken, judged, missed
from tests.machine import Machine

COUNTRY = (1500, 5000)  # proposals of the great contest, public calls


@pytest.fixture(scope="module")
def site(tmp_path_factory, django_db_setup, django_db_blocker):
    """A server with a country behind it."""
    address = os.environ.get("DATABASE_URL", "")
    engine = "PostgreSQL" if address.startswith("postgres") else "SQLite"
    name = f"ashar_load_{os.getpid()}"
    if engine == "PostgreSQL":
        _on_server(django_db_blocker, f"CREATE DATABASE {name}")
        address = f"{address.rpartition('/')[0]}/{name}"
    machine = Machine(tmp_path_factory.mktemp("load") / "ashar", address)
    machine.run("migrate", "-v0")
    seeded = f"from tests.load.seeding import seed\nseed{COUNTRY}"
    requests = json.loads(machine.python(seeded).splitlines()[-1])
    machine.start("--no-clock", *(["--processes", "2"] if engine == "PostgreSQL" else []))
    yield engine, machine, requests
    machine.kill()
    if engine == "PostgreSQL":
        _on_server(django_db_blocker, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(blocker, sentence):
    with blocker.unblock(), connection._nodb_cursor() as cursor:
        cursor.execute(sentence)


@pytest.fixture
def tell(capsys):
    """Print a figure, and keep it."""

    def told(flow: Flow):
        verdict = "; ".join(missed(flow)) or "met"
        with capsys.disabled():
            print(f"\n{flow.said()}  [{verdict}]")  # noqa: T201 - a figure is for reading
        kept = settings.BASE_DIR / "var" / "load.json"
        known = json.loads(kept.read_text()) if kept.exists() else {}
        known[f"{flow.engine}: {flow.name}"] = {**asdict(flow), "missed": missed(flow)}
        kept.write_text(json.dumps(known, ensure_ascii=False, indent=1))

    return told


def journal_length(machine):
    """How many entries the journal has."""
    return int(
        machine.python(
            "from ashar.journal.models import Entry\nprint(Entry.objects.count())"
        ).splitlines()[-1]
    )


@pytest.mark.load
@pytest.mark.parametrize(
    ("key", "name"), [("list", "P41 list of 25 from 5,000"), ("call", "public page of a call")]
)
def test_p41_a_crowd_reads(site, tell, key, name):
    engine, machine, requests = site
    ask(name, engine, machine, requests[key], seconds=1)  # the server warms up
    flow = ask(name, engine, machine, requests[key])
    tell(flow)
    assert broken(flow) == []


@pytest.mark.load
@pytest.mark.parametrize(
    ("key", "name"),
    [("questions", "P20 a question is asked (audited)"), ("sheets", "P20 a sheet is handed in")],
)
def test_p20_a_crowd_writes(site, tell, key, name):
    engine, machine, requests = site
    before = journal_length(machine)
    flow = ask(name, engine, machine, requests[key], once=True)
    tell(flow)
    assert broken(flow) == []
    assert journal_length(machine) - before >= flow.answers


def told_of(*pairs):
    return [{"lasted": 1.0, "seen": [list(pair) for pair in pairs]}]


def test_p20_notices_a_fault_a_slow_answer_and_too_few():
    good = judged("x", "SQLite", told_of(*[(0.1, 200)] * 400))
    assert (broken(good), missed(good)) == ([], [])
    assert broken(judged("x", "SQLite", told_of((0.1, 200), (0.1, 500)))) != []
    assert broken(judged("x", "SQLite", told_of())) != []
    assert len(missed(judged("x", "SQLite", told_of(*[(0.3, 200)] * 299)))) == 2
