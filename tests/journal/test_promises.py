"""P2, P3, P4, P5, P6: what was written stays, and whoever changes it is found."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from ashar.journal.actions import (
    accept_clock,
    clock_was_set_back,
    deed,
    publish_checkpoint,
    write,
)
from ashar.journal.actions.rereading import read_new_tables
from ashar.journal.core import chain, merkle
from ashar.journal.core.chain import Line, digest_of, walk
from ashar.journal.core.rows import by_table
from ashar.journal.models import Checkpoint, Entry, Head
from ashar.journal.queries import clock, verify
from ashar.journal.queries.checking import lines
from tests.emptying import unguarded

pytestmark = pytest.mark.django_db


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def shuffle_numbers(first, second):
    """Exchange two entries whole."""
    for old, new in ((first, -1), (second, first), (-1, second)):
        sql("UPDATE journal_entry SET number = %s WHERE number = %s", new, old)


def insert_forged(after):
    """Put an entry in, with every later number moved by one."""
    for number in range(Entry.objects.count(), after, -1):
        sql("UPDATE journal_entry SET number = %s WHERE number = %s", number + 1, number)
    forged = Entry(number=after + 1, action="move:pay", subject="case:X", digest="0" * 64)
    Entry.objects.bulk_create([forged])
    sql("UPDATE journal_head SET number = number + 1")


def rewrite_from(start, change=None):
    """Recompute the chain from an entry on, head included: what the owner of the file can do."""
    previous = Entry.objects.get(number=start - 1).digest if start > 1 else chain.FIRST
    for entry in Entry.objects.filter(number__gte=start).order_by("number"):
        if entry.number == start and change:
            change(entry)
        fields = [getattr(entry, name) for name in Line._fields[:-1]]
        previous = digest_of(fields, previous)
        sql(
            "UPDATE journal_entry SET action = %s, digest = %s WHERE number = %s",
            entry.action, previous, entry.number,
        )  # fmt: skip
    sql("UPDATE journal_head SET digest = %s", previous)


def cut_tail(count, *, repair):
    total = Entry.objects.count()
    sql("DELETE FROM journal_entry WHERE number > %s", total - count)
    if repair:
        last = Entry.objects.get(number=total - count)
        sql("UPDATE journal_head SET number = %s, digest = %s", last.number, last.digest)


TAMPERINGS = {
    "value": lambda at: sql("UPDATE journal_entry SET action = 'x' WHERE number = %s", at),
    "actor": lambda at: sql("UPDATE journal_entry SET actor_name = 'y' WHERE number = %s", at),
    "time": lambda at: sql(
        "UPDATE journal_entry SET at = %s WHERE number = %s", timezone.now(), at
    ),
    "row removed": lambda at: sql("DELETE FROM journal_entry WHERE number = %s", at),
    "two exchanged": lambda at: shuffle_numbers(at, at % Entry.objects.count() + 1),
    "forged inserted": insert_forged,
    "tail cut": lambda at: cut_tail(1 + at % 15, repair=False),
    "tail cut and head repaired": lambda at: cut_tail(2 + at % 15, repair=True),
    "recomputed from before a checkpoint": lambda at: rewrite_from(
        1 + at % 20, lambda entry: setattr(entry, "action", "forged")
    ),
}


def unnoticed(kind, trials):
    """Try a tampering at random places, each taken back; return the places not noticed."""
    dice = random.Random(kind)  # noqa: S311 - places to try, not secrets
    missed = []
    for _trial in range(trials):
        place = dice.randint(1, Entry.objects.count())
        try:
            with transaction.atomic():
                TAMPERINGS[kind](place)
                if verify().is_whole:
                    missed.append(place)
                raise _TakeBack
        except _TakeBack:
            continue
    return missed


class _TakeBack(Exception):
    pass


def test_an_honest_journal_is_whole(history):
    report = verify()
    assert report.faults == []
    assert (report.entries, report.checkpoints) == (Entry.objects.count(), 2)
    assert report.rows > 30


@pytest.mark.parametrize("kind", TAMPERINGS)
def test_p2_every_tampering_shows(history, kind):
    with unguarded():
        assert unnoticed(kind, 3) == []


@pytest.mark.trust
@pytest.mark.parametrize("kind", TAMPERINGS)
def test_p2_every_tampering_shows_in_two_hundred_places(history, kind):
    with unguarded():
        assert unnoticed(kind, 23) == []


def test_p2_planted_a_chain_without_the_one_before_misses_an_exchange(history, monkeypatch):
    """The digest forgets the entry before it: a forged entry at the end passes."""
    monkeypatch.setattr(chain, "digest_of", lambda fields, _before: digest_of(fields, chain.FIRST))
    with unguarded():
        sql("UPDATE journal_entry SET digest = %s", "")
        for line in lines():
            sql(
                "UPDATE journal_entry SET digest = %s WHERE number = %s",
                digest_of(line[:-1], chain.FIRST), line.number,
            )  # fmt: skip
        sql("UPDATE journal_head SET digest = %s", Entry.objects.first().digest)
        forged = Entry.objects.get(number=5)
        forged.action = "forged"
        fields = [getattr(forged, name) for name in Line._fields[:-1]]
        sql(
            "UPDATE journal_entry SET action = 'forged', digest = %s WHERE number = 5",
            digest_of(fields, chain.FIRST),
        )
        found = chain.walk(lines())
    assert found.is_whole


def test_p3_history_before_a_checkpoint_held_outside_is_not_rewritten_unseen(history, tmp_path):
    """The owner of the database rewrites everything, checkpoints too: the outside copy tells."""
    kept = tmp_path / "held.txt"
    kept.write_text(Checkpoint.objects.order_by("-size").first().note, encoding="utf-8")
    with unguarded():
        sql("DELETE FROM journal_checkpoint")
        rewrite_from(7, lambda entry: setattr(entry, "action", "forged"))
        publish_checkpoint("forged history")
    assert verify().is_whole
    with pytest.raises(CommandError, match="1 faults"):
        call_command("journal", "verify", against=[kept])


def test_p3_planted_without_the_outside_copy_the_rewriting_is_not_seen(history):
    """Newer than the last checkpoint held outside, the owner may rewrite: so it is at most 10 min."""
    held = Checkpoint.objects.order_by("-size").first().note
    with unguarded():
        rewrite_from(Entry.objects.count(), lambda entry: setattr(entry, "action", "forged"))
    assert verify(held=[held]).is_whole


BEHIND_THE_BACK = (
    ("UPDATE parties_mandate SET role = 'head' WHERE id = %s", "parties_mandate"),
    ("DELETE FROM parties_mandate WHERE id = %s", "parties_mandate"),
    ("UPDATE parties_person SET name = 'x' WHERE id = %s", "parties_person"),
    (
        (
            "INSERT INTO parties_person (ref, name, search_key) "
            "SELECT 'F' || id, 'ghost', '' FROM parties_person WHERE id = %s"
        ),
        "parties_person",
    ),
)


def unnoticed_writes(trials):
    dice = random.Random(4)  # noqa: S311 - places to try, not secrets
    missed = 0
    for trial in range(trials):
        statement, table = BEHIND_THE_BACK[trial % len(BEHIND_THE_BACK)]
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT id FROM {table} ORDER BY id")  # noqa: S608 - names of ours
            keys = [key for (key,) in cursor.fetchall()]
        try:
            with transaction.atomic():
                assert sql(statement, dice.choice(keys)) == 1
                missed += verify().is_whole
                raise _TakeBack
        except _TakeBack:
            continue
    return missed


def test_p4_every_statement_behind_the_back_shows(history):
    assert unnoticed_writes(12) == 0


@pytest.mark.trust
def test_p4_a_hundred_statements_behind_the_back_show(history):
    assert unnoticed_writes(100) == 0


def test_p4_planted_without_row_digests_nothing_shows(history, monkeypatch):
    monkeypatch.setattr("ashar.journal.queries.checking.watched_models", list)
    assert unnoticed_writes(8) == 8


def test_p4_what_django_itself_writes_is_known_even_outside_any_deed(history):
    history.address = "Бирдик айылы"
    history.save()
    assert verify().faults == []
    assert Entry.objects.first().action == "rows_written"


def test_p6_a_clock_set_back_is_seen_until_somebody_answers_for_it(history, monkeypatch):
    real = clock.server_now
    monkeypatch.setattr(clock, "server_now", lambda: real() - timedelta(hours=2))
    assert clock_was_set_back()
    write("late_proposal", subject="case:X", by=None)
    assert [fault for fault in verify().faults if "clock" in fault]
    monkeypatch.setattr(clock, "server_now", real)
    assert not clock_was_set_back()


def test_p6_a_clock_that_ran_ahead_can_be_accepted_with_a_reason(history, monkeypatch):
    real = clock.server_now
    monkeypatch.setattr(clock, "server_now", lambda: real() + timedelta(days=400))
    write("in_the_future", subject="case:X", by=None)
    monkeypatch.setattr(clock, "server_now", real)
    assert clock_was_set_back()
    accept_clock(reason="the battery of the clock was empty")
    assert not clock_was_set_back()
    report = verify()
    assert report.faults == []
    assert any("set back" in said for said in report.notes)


@deed
def _half_done():
    write("half_done", subject="case:X", by=None)
    raise _TakeBack


def test_a_deed_given_up_leaves_no_entry(history):
    before = Head.objects.get().number
    with pytest.raises(_TakeBack):
        _half_done()
    assert Head.objects.get().number == before
    assert verify().is_whole


def test_a_part_given_up_leaves_the_rest(history):
    with deed():
        write("kept", subject="case:X", by=None)
        with pytest.raises(_TakeBack):
            _half_done()
    assert Entry.objects.first().action == "kept"
    assert not Entry.objects.filter(action="half_done").exists()


def test_the_checkpoint_is_written_as_a_file_that_others_can_copy(history, settings):
    last = Checkpoint.objects.order_by("-size").first()
    assert (settings.CHECKPOINT_DIR / "checkpoint.txt").read_text(encoding="utf-8") == last.note
    tree = [bytes.fromhex(one) for one in
            Entry.objects.order_by("number").values_list("digest", flat=True)[: last.size]]  # fmt: skip
    assert merkle.root(tree).hex() == last.root


def test_an_upgrade_that_filled_a_column_is_answered_for(history):
    with unguarded():
        sql("UPDATE parties_person SET search_key = 'new'")
    assert len(verify().faults) == 18
    call_command("journal", "reread", "parties.person", reason="migration 0009")
    report = verify()
    assert report.faults == []
    assert any("parties.person" in said for said in report.notes)


def test_a_forged_table_is_not_taken_for_a_new_one(history):
    known = by_table(walk(lines()).rows)
    assert "parties.person" in known
    with unguarded():
        sql("UPDATE parties_person SET name = 'forged'")
    forged = len(verify().faults)
    assert forged
    assert read_new_tables() == []
    assert len(verify().faults) == forged


def test_rows_of_a_table_the_journal_never_heard_of_are_taken(history):
    with unguarded():
        sql("DELETE FROM journal_checkpoint")
        sql("DELETE FROM journal_entry")
        sql("DELETE FROM journal_head")
    assert set(read_new_tables()) >= {"parties.mandate", "parties.person"}
    assert verify().faults == []


def test_marks_of_a_former_address_are_still_ours(history, settings):
    held = Checkpoint.objects.order_by("-size").first().note
    settings.ASHAR_ADDRESS = "https://moved.example.kg"
    write("after_the_move", subject="journal", by=None)
    publish_checkpoint()
    assert verify(held=[held]).faults == []
