"""The desk: Monday's question, messages, the calendar, and the journal for officers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from ashar.calls import actions
from ashar.calls.models import Question
from ashar.cases.actions import Opening, open_case, publish_case
from ashar.cases.models import Case
from ashar.desk.core import CAST, calendar
from ashar.desk.queries import task, waiting_for, waiting_for_others, when_due
from ashar.needs.models import NeedsStudy
from ashar.notices.actions import tell
from tests.calls import contest
from tests.people import build_world

MOST_QUERIES = 16
TEXTS = {"ky": "Чечим чыкты", "ru": "Принято решение", "en": "Decided"}
# Saturday, 21 November 2026, noon in Bishkek.
NOW = datetime(2026, 11, 21, 6, tzinfo=UTC)


@pytest.fixture
def world(db):
    return build_world()


def study(world, title="Изилдөө"):
    case = open_case(
        Opening("needs_study", "study", world.aimak, title_ky=title,
                parties={"municipality": world.bodies["okmotu"]}),
        by=world.aigul,
    )  # fmt: skip
    NeedsStudy.objects.create(case=case)
    return case


@pytest.mark.parametrize(
    ("days", "expected"), [(None, "open"), (-1, "late"), (0.1, "week"), (1, "week"), (2, "later")]
)
def test_this_week_ends_on_sunday_night(days, expected):
    due = None if days is None else NOW + timedelta(days=days)
    assert when_due(due, NOW) == expected


def test_what_must_i_do_by_when_under_which_article(client, world):
    case = study(world)
    Case.objects.filter(pk=case.pk).update(due_at=timezone.now() - timedelta(hours=1))
    client.force_login(world.aigul)
    html = client.get("/ru/desk/").content.decode()
    assert "Просрочено" in html
    assert f"/ru/cases/{case.ref}/moves/open_study/" in html
    assert task(Case.objects.get(pk=case.pk), world.aigul).cites != ()
    assert "№ 123" in html


def test_who_waits_for_whom(world):
    case = study(world)
    assert [one.pk for one in waiting_for(world.aigul)] == [case.pk]
    assert list(waiting_for(world.kanat)) == []
    assert list(waiting_for(world.zamir)) == []
    assert list(waiting_for_others(world.aigul)) == []


def test_the_archive_waits_for_nobody(world):
    case = study(world)
    Case.objects.filter(pk=case.pk).update(source="slide")
    assert list(waiting_for(world.aigul)) == []


def desk_queries(client):
    with CaptureQueriesContext(connection) as caught:
        assert client.get("/ky/desk/").status_code == 200
    return len(caught)


def test_thirty_tasks_cost_as_many_queries_as_one(client, world):
    study(world)
    client.force_login(world.aigul)
    client.get("/ky/desk/")
    one = desk_queries(client)
    for number in range(29):
        study(world, f"Изилдөө {number}")
    assert desk_queries(client) == one
    assert one <= MOST_QUERIES


@pytest.mark.parametrize("name", [role.username for role in CAST])
def test_everybody_has_a_desk(client, world, name):
    study(world)
    client.force_login(world.people[name])
    html = client.get("/ky/desk/").content.decode()
    assert ("Изилдөө" in html) == (name in {"aigul", "azamat", "head"})


def test_zamir_is_told_that_he_has_no_mandate(client, world):
    client.force_login(world.zamir)
    html = client.get("/ru/desk/").content.decode()
    assert "нет полномочий" in html
    assert "Начать новое" not in html


@pytest.mark.parametrize("address", ["", "messages/", "calendar.ics"])
def test_strangers_sign_in_first(client, db, address):
    answer = client.get(f"/ky/desk/{address}")
    assert (answer.status_code, "sign-in" in answer["Location"]) == (302, True)


def test_messages_are_read_once(client, world):
    case = study(world)
    tell([world.aigul], case, occasion="test", texts=TEXTS)
    client.force_login(world.aigul)
    assert "Принято решение" in client.get("/ru/desk/").content.decode()
    assert client.get("/ru/desk/messages/read/").status_code == 405
    assert client.post("/ru/desk/messages/read/").status_code == 302
    assert "Принято решение" not in client.get("/ru/desk/").content.decode()
    client.force_login(world.zamir)
    assert "Принято решение" not in client.get("/ru/desk/messages/").content.decode()


def test_deadlines_as_a_calendar(client, world):
    case = study(world, "Изилдөө; биринчи, «Үлгү»")
    Case.objects.filter(pk=case.pk).update(due_at=NOW)
    client.force_login(world.aigul)
    text = client.get("/ky/desk/calendar.ics").content.decode()
    assert "DTSTART:20261121T060000Z" in text
    assert "Изилдөө\\; биринчи\\, «Үлгү»" in text.replace("\r\n ", "")
    client.force_login(world.zamir)
    assert "VEVENT" not in client.get("/ky/desk/calendar.ics").content.decode()


def test_lines_of_a_calendar_are_short():
    text = calendar([("K7M2-9QXD", NOW, "Ж" * 200, "http://127.0.0.1/")])
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75


@pytest.mark.parametrize(("name", "code"), [("elmira", 200), ("aigul", 404), ("zamir", 404)])
def test_the_journal_is_for_officers(client, world, name, code):
    study(world)
    client.force_login(world.people[name])
    assert client.get("/ky/desk/journal/").status_code == code


def test_a_published_case_is_still_a_task(world):
    case = study(world)
    publish_case(case)
    assert [one.pk for one in waiting_for(world.aigul)] == [case.pk]


def moves_on(client, user):
    """What the desk tells the person to do, with the address of each."""
    client.force_login(user)
    tasks = client.get("/ru/desk/").context["tasks"]
    return {(move.title, move.url) for one in tasks for move in one.moves}


def test_a_member_is_told_of_sheets_and_declarations(client, world):
    call, first, second = contest.in_scoring(world)
    bolot, url = world.bolot, f"/ru/calls/{call.case.ref}/scoring/"
    declare = "Заявите, есть ли у Вас интерес: 2 предложения"
    assert {(declare, url), ("Сдайте оценочные листы, осталось: 2", url)} <= moves_on(client, bolot)
    for proposal in (first, second):
        actions.disclose(proposal, member=bolot.person, has_interest=proposal == first, by=bolot)
    told = {title for title, _url in moves_on(client, bolot)}
    assert "Сдайте оценочные листы, осталось: 1" in told
    assert not [title for title in told if "интерес" in title]
    actions.score(second, member=bolot.person, marks=contest.marks(7), by=bolot)
    assert not [title for title, _url in moves_on(client, bolot) if "оценочные" in title]
    for stranger in (world.aigul, world.chinara, world.zamir):
        assert not [title for title, _url in moves_on(client, stranger) if "оценочные" in title]


def test_the_clerk_is_told_of_questions(client, world):
    call = contest.announced(world)
    Question.objects.create(call=call, text="Имарат барбы?", asked_at=timezone.now())
    todo = ("Ответьте на вопрос о конкурсе: 1", f"/ru/calls/{call.case.ref}/#questions")
    assert todo in moves_on(client, world.aigul)
    assert todo not in moves_on(client, world.chinara)
    assert todo not in moves_on(client, world.zamir)
    Question.objects.update(answer="Бар.", answered_at=timezone.now())
    assert todo not in moves_on(client, world.aigul)


@pytest.mark.parametrize("name", ["aigul", "bakyt"])
def test_chores_cost_few_queries(client, world, name):
    contest.in_scoring(world)
    client.force_login(world.people[name])
    client.get("/ky/desk/")
    assert desk_queries(client) <= MOST_QUERIES


def test_the_accounts_say_who_sits_in_the_commission(capsys):
    call_command("demo", accounts=True)
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines() if line.strip()}
    assert lines["bakyt"].endswith("member of the commission")
    assert lines["zamir"].endswith("-")
