"""What people type wrongly: a sentence in their language, nothing lost, nothing half saved."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone, translation
from django.utils.html import escape

from ashar.calls.models import Call, Question
from ashar.cases.models import Case, CaseDocument, Decision
from ashar.documents.models import Document
from ashar.events.models import Event
from ashar.needs.models import NeedsStudy
from ashar.programmes.models import Measure, Programme
from tests.calls import contest
from tests.journeys.look import ENGLISH
from tests.needs import conftest as needs
from tests.people import build_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

TAG = re.compile(r"<(script|style|svg)\b.*?</\1>|<[^>]+>", re.DOTALL)
SUMMARY = re.compile(r'<div class="govuk-error-summary".*?</ul>', re.DOTALL)


@pytest.fixture(params=["ky", "ru"])
def language(request):
    with translation.override(request.param):
        yield request.param


@pytest.fixture
def world(db):
    return build_world()


office, planned, collecting = needs.office, needs.planned, needs.collecting
grouped, ranked, called = needs.grouped, needs.ranked, needs.called
announced, held = needs.announced, needs.held


@pytest.fixture(autouse=True)
def _no_papers(monkeypatch):
    """Setting papers in type is tested elsewhere."""
    monkeypatch.setattr("ashar.cases.effects.documents.make_paper", lambda *_a, **_k: [])


def signed_in(world, name):
    client = Client()
    client.force_login(world.people[name])
    return client


def refusal(answer, *kept):
    """What the summary of errors says, in no English; everything typed is still in the page."""
    page = answer.content.decode()
    assert answer.status_code in (200, 409), page[:500]
    found = SUMMARY.search(page)
    assert found, "no sentence says what is wrong"
    said = " ".join(unescape(TAG.sub(" ", found[0])).split())
    assert ENGLISH.findall(said) == [], said
    for typed in kept:
        assert escape(typed) in page, f"{typed!r} was lost"
    return said


def study_data(client, **changes):
    with translation.override("ky"):
        form = client.get("/ky/needs/studies/new/").context["form"]
    weights = {name: "1" for name in form.fields if name.startswith("weight_")}
    return {"title_ky": "Муктаждыктар", "title_ru": "Нужды", **weights, **changes}


# Days


@pytest.mark.parametrize("typed", ["31.02.2026", "2026-13-01", "кечээ", "01.01.1700", "1.1.26"])
def test_a_day_that_is_no_day(world, language, typed):
    client = signed_in(world, "aigul")
    data = study_data(client, starts_on=typed, method="Фокус-топтор")
    answer = client.post(f"/{language}/needs/studies/new/", data)
    assert typed in refusal(answer, typed, "Муктаждыктар", "Фокус-топтор")
    assert NeedsStudy.objects.count() == 0


def test_a_session_of_tomorrow(world, language):
    study = _collecting(world)
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d.%m.%Y}"
    answer = _record(signed_in(world, "aigul"), language, study, world, held_on=tomorrow)
    refusal(answer, tomorrow, "Жол оңдолсун")
    assert Event.objects.count() == 0


def test_a_resolution_of_tomorrow(world, language):
    programme = contest.measure_of(world).programme
    Case.objects.filter(pk=programme.case_id).update(stage="before_kenesh")
    case = Case.objects.get(pk=programme.case_id)
    tomorrow = f"{timezone.localdate() + timedelta(days=1):%d.%m.%Y}"
    data = {"version": case.version, "resolution_number": "12-3", "resolution_date": tomorrow}
    answer = signed_in(world, "kanat").post(f"/{language}/cases/{case.ref}/moves/approve/", data)
    refusal(answer, "12-3", tomorrow)
    assert Decision.objects.filter(case=case).count() == 0


# Money


@pytest.mark.parametrize(
    "typed", ["1,234.56", "-5", "1e9", "1.234.567", "бир миң", "9" * 30, "NaN"]
)
def test_an_amount_that_cannot_be_read(world, language, typed):
    programme = _draft(world)
    answer = _write_measure(signed_in(world, "aigul"), language, programme, local_own_2026=typed)
    refusal(answer, typed, "Бала бакча ачуу")
    assert Measure.objects.count() == 1


@pytest.mark.parametrize("typed", ["1 234,56", "1234.56", "1\u00a0234,56"])
def test_an_amount_as_people_write_it(world, language, typed):
    programme = _draft(world)
    answer = _write_measure(signed_in(world, "aigul"), language, programme, local_own_2026=typed)
    assert answer.status_code == 302
    line = Measure.objects.get(title_ky="Бала бакча ачуу").funding.get()
    assert str(line.planned).replace("\u00a0", " ") == "1 234.56"


@pytest.mark.parametrize("typed", ["1,234.56", "-5", "1e9"])
def test_a_draft_keeps_an_amount_that_cannot_be_read(world, language, typed):
    proposal = _started(world)
    client = signed_in(world, "chinara")
    data = _fields(proposal, **{"budget-0-rate": typed})
    address = f"/{language}/calls/proposals/{proposal.case.ref}/edit/"
    client.post(address, data)
    refusal(client.get(address), typed)
    answer = client.post(f"/{language}/cases/{proposal.case.ref}/moves/submit/", {"version": 1})
    refusal(answer)
    proposal.refresh_from_db()
    assert proposal.counted is None


# Files

TOO_LARGE = b"%PDF-1.7\n" + b"0" * (20 * 1024 * 1024)
FILES = {
    "large.pdf": TOO_LARGE,
    "program.pdf": b"MZ\x90\x00",
    "page.png": b"<html><script>alert(1)</script>",
    "script.svg": b"<svg onload='alert(1)'/>",
    "empty.pdf": b"",
    "paper.docx": b"PK\x03\x04 not an archive",
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_accepted(world, language, name):
    call = contest.prepared(world)
    data = {
        "kind": "other",
        "title": "Кулактандыруу",
        "file": SimpleUploadedFile(name, FILES[name]),
    }
    client = signed_in(world, "aigul")
    answer = client.post(f"/{language}/cases/{call.case.ref}/papers/add/", data)
    refusal(answer, "Кулактандыруу")
    assert Document.objects.count() == CaseDocument.objects.count() == 0


# Text

HOSTILE = {
    "empty": "",
    "spaces": " \t ",
    "nul": "Суроо\x00",
    "turned round": "Суроо \u202egnp.exe",
    "too long": "ң" * 10_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_text_that_is_refused(world, language, kind):
    call = contest.announced(world)
    address = f"/{language}/calls/{call.case.ref}/ask/"
    answer = signed_in(world, "chinara").post(address, {"text": HOSTILE[kind]})
    kept = [HOSTILE[kind]] if kind in ("too long", "turned round") else []
    refusal(answer, *kept)
    assert Question.objects.count() == 0


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert('ң')</script>",
        "{{ 7|add:7 }} {% now %}",
        "Имарат барбы? 👩🏽‍🦽🇰🇬",
        "%s %(a)s",
    ],
)
def test_text_that_is_only_text(world, language, text):
    call = contest.announced(world)
    client = signed_in(world, "chinara")
    assert client.post(f"/{language}/calls/{call.case.ref}/ask/", {"text": text}).status_code == 302
    assert Question.objects.get().text == text
    page = client.get(f"/{language}/calls/{call.case.ref}/").content.decode()
    assert escape(text) in page
    assert "<script>alert" not in page


# The second click


def test_a_study_begun_twice_is_one(world, language):
    client = signed_in(world, "aigul")
    data = study_data(client)
    answers = [client.post(f"/{language}/needs/studies/new/", data) for _click in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert NeedsStudy.objects.count() == 1


def test_a_session_recorded_twice_is_one(world, language):
    study, client = _collecting(world), signed_in(world, "aigul")
    form = client.get(f"/{language}/needs/studies/{study.case.ref}/sessions/new/").context["form"]
    hidden = {field.html_name: field.value() or "" for field in form.hidden_fields()}
    for _click in range(2):
        assert _record(client, language, study, world, **hidden).status_code == 302
    assert Event.objects.count() == 1


def test_a_programme_begun_twice_is_one(world, language):
    client = signed_in(world, "aigul")
    data = {"title_ky": "Программа", "title_ru": "Программа", "goal_ky": "Максат"}
    data |= {"goal_ru": "Цель", "year_from": "2026", "year_to": "2027"}
    for _click in range(2):
        assert client.post(f"/{language}/programmes/begin/", data).status_code == 302
    assert Programme.objects.count() == 1


def test_a_measure_saved_twice_is_one(world, language):
    programme, client = _draft(world), signed_in(world, "aigul")
    seen = programme.case.version
    answers = [
        _write_measure(client, language, programme, local_own_2026="5", version=seen)
        for _click in range(2)
    ]
    assert [one.status_code for one in answers] == [302, 302]
    assert Measure.objects.filter(title_ky="Бала бакча ачуу").count() == 1


def test_a_call_prepared_twice_is_one(world, language):
    measure, client = contest.measure_of(world), signed_in(world, "aigul")
    for _click in range(2):
        answer = client.post(f"/{language}/calls/begin/", {"measure": measure.ref})
        assert answer.status_code == 302
    assert Call.objects.count() == 1


def test_a_question_asked_twice_is_one(world, language):
    call, client = contest.announced(world), signed_in(world, "chinara")
    for _click in range(2):
        answer = client.post(f"/{language}/calls/{call.case.ref}/ask/", {"text": "Имарат барбы?"})
        assert answer.status_code == 302
    assert Question.objects.count() == 1


def test_a_paper_filed_twice_is_one(world, language):
    call, client = contest.prepared(world), signed_in(world, "aigul")
    for _click in range(2):
        paper = SimpleUploadedFile("buyruk.pdf", b"%PDF-1.4\n1 0 obj<<>>endobj\n%%EOF\n")
        data = {"kind": "other", "title": "Буйрук", "file": paper}
        answer = client.post(f"/{language}/cases/{call.case.ref}/papers/add/", data)
        assert answer.status_code == 302
    assert CaseDocument.objects.count() == 1


def test_a_move_made_twice_is_one(world, language):
    proposal, client = _started(world), signed_in(world, "chinara")
    client.post(f"/{language}/calls/proposals/{proposal.case.ref}/edit/", _fields(proposal))
    address = f"/{language}/cases/{proposal.case.ref}/moves/submit/"
    version = client.get(address).context["form"]["version"].value()
    answers = [client.post(address, {"version": version}) for _click in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert Decision.objects.filter(case=proposal.case, move="submit").count() == 1


# Two at once


def test_two_clerks_correct_one_session(world, language):
    study, client = _collecting(world), signed_in(world, "aigul")
    _record(client, language, study, world)
    event = Event.objects.get()
    address = f"/{language}/needs/sessions/{event.ref}/"
    seen = client.get(address).context["form"]["version"].value()
    data = _session(study, world, version=seen)
    assert client.post(address, data).status_code == 302
    late = signed_in(world, "azamat").post(address, {**data, "note": "Кеч жазылды"})
    refusal(late, "Кеч жазылды")
    event.refresh_from_db()
    assert event.note == ""


def _two_at_once(world, language, address, data, changed):
    """Both open the form, one saves, then the other: the second is told and loses nothing."""
    first, second = signed_in(world, "aigul"), signed_in(world, "azamat")
    forms = [one.get(address).context["form"] for one in (first, second)]
    hidden = [{field.html_name: field.value() for field in form.hidden_fields()} for form in forms]
    name, mine, theirs = changed
    assert first.post(address, {**data, **hidden[0], name: theirs}).status_code == 302
    late = second.post(address, {**data, **hidden[1], name: mine})
    refusal(late, mine)
    again = {f.html_name: f.value() for f in late.context["form"].hidden_fields()}
    return second.post(address, {**data, **again, name: mine})


def test_two_clerks_edit_one_programme(world, language):
    programme = _draft(world)
    address = f"/{language}/programmes/{programme.case.ref}/edit/"
    data = {"title_ky": "Программа", "title_ru": "Программа", "goal_ru": ""}
    data |= {"year_from": "2026", "year_to": "2027"}
    changed = ("goal_ky", "Менин максатым", "Анын максаты")
    assert _two_at_once(world, language, address, data, changed).status_code == 302
    programme.refresh_from_db()
    assert programme.goal_ky == "Менин максатым"


def test_two_clerks_edit_one_measure(world, language):
    programme = _draft(world)
    measure = programme.measures.get()
    address = f"/{language}/programmes/{programme.case.ref}/measures/{measure.ref}/"
    data = {"title_ky": "Борбор", "title_ru": "", "result_ru": "", "need": measure.need_id}
    changed = ("result_ky", "Менин жыйынтыгым", "Анын жыйынтыгы")
    assert _two_at_once(world, language, address, data, changed).status_code == 302
    measure.refresh_from_db()
    assert measure.result_ky == "Менин жыйынтыгым"


def test_two_clerks_write_one_announcement(world, language):
    call = contest.prepared(world)
    address = f"/{language}/calls/{call.case.ref}/edit/"
    data = {"title_ky": "Конкурс", "title_ru": "Конкурс"}
    changed = ("goal_ky", "Менин максатым", "Анын максаты")
    assert _two_at_once(world, language, address, data, changed).status_code == 302
    call.refresh_from_db()
    assert call.goal_ky == "Менин максатым"


def test_two_colleagues_write_one_proposal(world, language):
    proposal = _started(world)
    address = f"/{language}/calls/proposals/{proposal.case.ref}/edit/"
    first, second = signed_in(world, "chinara"), signed_in(world, "cholpon")
    assert first.post(address, _fields(proposal, summary="Биринчи")).status_code == 302
    late = second.post(address, _fields(proposal, summary="Экинчи"))
    page = late.content.decode()
    assert (late.status_code, "Экинчи" in page, "Биринчи" in page) == (409, True, True)
    assert ENGLISH.findall(TAG.sub(" ", page)) == []
    proposal.refresh_from_db()
    assert proposal.typed["summary"] == "Биринчи"


# A deadline that passes while the form is open


def test_the_call_closes_while_the_proposal_is_written(world, language, monkeypatch):
    proposal, client = _started(world), signed_in(world, "chinara")
    address = f"/{language}/calls/proposals/{proposal.case.ref}/edit/"
    data = _fields(proposal, summary="Кеч калган сөз")
    closing = proposal.call.closes_at + timedelta(minutes=1)
    monkeypatch.setattr(timezone, "now", lambda: closing)
    client.force_login(world.people["chinara"])
    answer = client.post(address, data)
    page = answer.content.decode()
    assert (answer.status_code, "Кеч калган сөз" in page) == (409, True)
    assert ENGLISH.findall(TAG.sub(" ", page)) == []
    submitted = client.post(f"/{language}/cases/{proposal.case.ref}/moves/submit/", {"version": 1})
    refusal(submitted)
    proposal.refresh_from_db()
    assert (proposal.counted, proposal.case.stage) == (None, "draft")
    assert proposal.typed.get("summary", "") != "Кеч калган сөз"


def test_the_call_closes_while_a_question_is_written(world, language, monkeypatch):
    call = contest.announced(world)
    monkeypatch.setattr(timezone, "now", lambda: call.closes_at + timedelta(minutes=1))
    client = signed_in(world, "chinara")
    answer = client.post(f"/{language}/calls/{call.case.ref}/ask/", {"text": "Кеч калдымбы?"})
    refusal(answer, "Кеч калдымбы?")
    assert Question.objects.count() == 0


# Votes


def test_more_ballots_than_people(world, language, held):
    client = signed_in(world, "aigul")
    address = f"/{language}/needs/gatherings/{held.case.ref}/votes/"
    form = client.get(address).context["form"]
    data = {name: "1030" for name in form.fields if name != "version"}
    answer = client.post(address, {**data, "version": form["version"].value()})
    refusal(answer, "1030")
    ballots = held.event.ballots.all()
    assert [one.in_favour for one in ballots] == [None] * len(ballots)


# What the tests begin with


def _collecting(world):
    study = needs.actions.open_study(
        world.bodies["okmotu"],
        needs.StudyPlan("Муктаждыктар", "Нужды", villages=tuple(world.villages)),
        by=world.aigul,
    )
    needs.make_move(study.case, "open_study", by=world.aigul)
    return study


def _session(study, world, **changes):
    rows = {"answers-TOTAL_FORMS": 1, "answers-INITIAL_FORMS": 0}
    rows |= {"answers-0-text": "Жол оңдолсун", "answers-0-mentions": "9"}
    return {
        "kind": "focus_group",
        "village": world.villages[0].pk,
        "group": "older_people",
        "held_on": f"{timezone.localdate():%d.%m.%Y}",
        "total": "12",
        "all_women_a63_plus": "7",
        "all_men_a63_plus": "5",
        **rows,
        **changes,
    }


def _record(client, language, study, world, **changes):
    address = f"/{language}/needs/studies/{study.case.ref}/sessions/new/"
    return client.post(address, _session(study, world, **changes))


def _draft(world):
    """A programme in drafting, with the first of its measures."""
    programme = contest.measure_of(world).programme
    Case.objects.filter(pk=programme.case_id).update(stage="drafting", is_public=False)
    Case.objects.filter(needs_study__isnull=False).update(stage="ranked")
    return Programme.objects.get(pk=programme.pk)


def _write_measure(client, language, programme, **changes):
    need = programme.measures.get(title_ky="Күндүзгү борбор").need_id
    data = {"need": need, "title_ky": "Бала бакча ачуу", "title_ru": ""}
    data |= {"result_ky": "40 бала", "result_ru": "", **changes}
    return client.post(f"/{language}/programmes/{programme.case.ref}/measures/add/", data)


def _started(world):
    call = contest.announced(world)
    return contest.actions.start_proposal(
        call, organisation=world.bodies["bulak"], by=world.people["chinara"]
    )


def _fields(proposal, **changes):
    """The long form as a browser sends it."""
    data = {"draft_version": proposal.draft_version}
    for name, value in contest.TYPED.items():
        if isinstance(value, str):
            data[name] = value
            continue
        for number, row in enumerate(value):
            data |= {f"{name}-{number}-{column}": cell for column, cell in row.items()}
    return {**data, **changes}
