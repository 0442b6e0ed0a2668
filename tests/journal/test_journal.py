"""The journal only grows: the model, the query set and the database refuse the rest."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import DatabaseError, connection, transaction

from ashar.journal.actions import write
from ashar.journal.core import append_only_sql, append_only_steps
from ashar.journal.core.append_only import rights_sql
from ashar.journal.models import AppendOnlyError, Entry
from ashar.journal.queries import entries
from ashar.parties.models import Account

pytestmark = pytest.mark.django_db
TABLE = "journal_entry"
FORGERIES = ("UPDATE journal_entry SET action = 'x'", "DELETE FROM journal_entry")
REPLACING = "INSERT OR REPLACE INTO journal_entry SELECT * FROM journal_entry"
EMPTYING = "TRUNCATE journal_entry"


@pytest.fixture
def aigul():
    return Account.objects.create_user("aigul")


def test_a_line_says_who_did_what_in_which_case(aigul):
    write(
        "call_published", subject=aigul, by=aigul, case_ref="K7M2-9QXDT", data={"to": "open"},
        mandate="specialist",
    )  # fmt: skip
    kept = Entry.objects.get(action="call_published")
    assert (kept.actor_account, kept.actor_name, kept.mandate) == (aigul.pk, "aigul", "specialist")
    assert (kept.subject, kept.data) == (f"parties.account:{aigul.pk}", {"to": "open"})


def test_the_clock_acts_without_an_account():
    write("move:close", subject="case:K7M2-9QXDT", by=None)
    line = Entry.objects.get()
    assert (line.actor_account, line.actor_name) == (None, "")


def test_lines_of_a_case_are_found_newest_first(aigul):
    for action in ("one", "two"):
        write(action, subject="case:A", by=aigul, case_ref="A")
    write("three", subject="case:B", by=aigul, case_ref="B")
    assert [line.action for line in entries("A")] == ["two", "one"]


@pytest.mark.parametrize(
    "change",
    [
        lambda line: line.save(),
        lambda line: line.delete(),
        lambda _line: Entry.objects.update(action="x"),
        lambda line: Entry.objects.filter(pk=line.pk).delete(),
        lambda line: Entry.objects.bulk_update([line], ["action"]),
        lambda line: Entry.objects.update_or_create(pk=line.pk, defaults={"action": "x"}),
    ],
)
def test_no_code_changes_a_line(change):
    write("one", subject="case:A", by=None)
    line = Entry.objects.get()
    line.action = "other"
    with pytest.raises(AppendOnlyError), transaction.atomic():
        change(line)
    assert Entry.objects.get().action == "one"


@pytest.fixture
def guarded():
    forward, backward = append_only_steps(TABLE)
    with connection.cursor() as cursor:
        editor = SimpleNamespace(connection=connection, execute=cursor.execute)
        forward(None, editor)
        yield
        backward(None, editor)


def accepted(statements):
    """Return the statements that the database carried out on a written entry."""
    write("one", subject="case:A", by=None)
    done = []
    for statement in statements:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement)
        except DatabaseError:
            continue
        done.append(statement)
    return done


def statements_here():
    return (*FORGERIES, REPLACING if connection.vendor == "sqlite" else EMPTYING)


def test_p5_the_database_itself_refuses_every_change(guarded):
    assert accepted(statements_here()) == []
    assert Entry.objects.get().action == "one"


def test_p5_planted_without_its_triggers_the_database_obeys():
    assert accepted(statements_here()[:1]) == [FORGERIES[0]]


def test_p5_planted_sqlite_without_recursive_triggers_lets_a_row_be_replaced(guarded):
    if connection.vendor != "sqlite":
        pytest.skip("INSERT OR REPLACE is a word of SQLite")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA recursive_triggers=OFF")
        try:
            assert accepted([REPLACING]) == [REPLACING]
        finally:
            cursor.execute("PRAGMA recursive_triggers=ON")


def test_the_statements_for_a_web_role_leave_it_only_reading_and_adding():
    said = rights_sql("ashar_web")
    assert "REVOKE UPDATE, DELETE, TRUNCATE ON journal_entry FROM ashar_web;" in said
    with pytest.raises(ValueError, match="not the name"):
        rights_sql('x"; DROP TABLE y')


def test_only_the_name_of_a_table_is_accepted():
    with pytest.raises(ValueError, match="not the name"):
        append_only_sql('x"; DROP TABLE y')
