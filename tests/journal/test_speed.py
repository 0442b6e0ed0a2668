"""How fast a journal is checked: figures for docs/promises.md (make trust prints them)."""

from __future__ import annotations

import sys
import time

import pytest

from ashar.journal.actions import deed, write
from ashar.journal.core.chain import FIRST, Line, digest_of, walk
from ashar.journal.queries import clock, verify
from ashar.parties.models import Person

pytestmark = [pytest.mark.trust, pytest.mark.django_db]
ENTRIES = 100_000
ROWS = 20_000


def test_p2_a_hundred_thousand_entries_are_walked(capsys):
    lines, previous, at = [], FIRST, clock.server_now()
    for number in range(1, ENTRIES + 1):
        fields = [number, at, 7, "Айгүл", "mandate", "move:score", f"case:{number}", "K7M2",
                  {"from": "open", "to": "closed", "as": "customer"}, {}]  # fmt: skip
        previous = digest_of(fields, previous)
        lines.append(Line(*fields, previous))
    started = time.perf_counter()
    found = walk(lines)
    taken = time.perf_counter() - started
    with capsys.disabled():
        sys.stdout.write(f"\nP2: {ENTRIES / taken:,.0f} entries a second")
    assert found.faults == []


def test_p4_twenty_thousand_rows_are_compared(capsys):
    with deed():
        Person.objects.bulk_create(
            Person(name=f"Киши {number}", search_key=f"киши {number}") for number in range(ROWS)
        )
        write("people_written", subject="journal", by=None)
    started = time.perf_counter()
    report = verify()
    taken = time.perf_counter() - started
    with capsys.disabled():
        sys.stdout.write(f"\nP4: {report.rows} rows and {report.entries} entries in {taken:.2f} s")
    assert report.faults == []
    assert report.rows >= ROWS
