"""Pages of programmes: a draft written by the clerk alone, read by everybody once published."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ashar.cases.actions import Opening, open_case, publish_case
from ashar.events.choices import EventKind
from ashar.events.models import Event
from ashar.kernel.money import Som
from ashar.needs.models import Gathering, Need, NeedsStudy
from ashar.programmes import papers
from ashar.programmes.facts import submitted_on
from ashar.programmes.models import Measure, Programme
from tests.people import build_world

TYPED = {
    "title_ky": "Программа 2027–2028",
    "title_ru": "Программа 2027–2028",
    "goal_ky": "Балдарга кызмат",
    "goal_ru": "",
    "year_from": "2027",
    "year_to": "2028",
}


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def need(world):
    """A ranked need of the aimak."""
    case = open_case(
        Opening("needs_study", "study", world.aimak, title_ky="Изилдөө",
                parties={"municipality": world.bodies["okmotu"]}),
        by=world.aigul,
    )  # fmt: skip
    study = NeedsStudy.objects.create(case=case)
    type(case).objects.filter(pk=case.pk).update(stage="ranked")
    return Need.objects.create(study=study, topic="other", title_ky="Күндүзгү борбор", position=1)


@pytest.fixture
def draft(client, world, need):
    client.force_login(world.aigul)
    client.post("/ky/programmes/begin/", TYPED)
    return Programme.objects.get()


def at(draft, rest=""):
    return f"/ky/programmes/{draft.case.ref}/{rest}"


def measure(need, **changes):
    return {
        "need": need.pk, "title_ky": "Борбор ачуу", "title_ru": "Открыть центр",
        "result_ky": "18 бала", "result_ru": "18 детей", "local_own_2027": "1 234,56", **changes,
    }  # fmt: skip


def test_the_clerk_writes_a_draft(client, world, need, draft):
    client.post(at(draft, "measures/add/"), measure(need))
    written = Measure.objects.get()
    assert [(line.year, line.planned) for line in written.funding.all()] == [
        (2027, Som.of(1234, 56))
    ]
    html = client.get(at(draft)).content.decode()
    assert "Борбор ачуу" in html
    assert "Күндүзгү борбор" in html


@pytest.mark.parametrize(
    "typed", ["-5", "1e9", "1.234.56", "12,345", "сом", "1 234,567", "999999999999999999"]
)
def test_a_doubtful_sum_is_refused_and_nothing_typed_is_lost(client, world, need, draft, typed):
    answer = client.post(at(draft, "measures/add/"), measure(need, local_own_2027=typed))
    html = answer.content.decode()
    assert "govuk-error-summary" in html
    assert f'value="{typed}"' in html
    assert "Борбор ачуу" in html
    assert Measure.objects.count() == 0


@pytest.mark.parametrize(
    "changes", [{"year_to": "2026"}, {"year_to": "2050"}, {"year_from": "-1"}, {"title_ky": "  "}]
)
def test_a_wrong_programme_is_refused(client, world, changes):
    client.force_login(world.aigul)
    answer = client.post("/ky/programmes/begin/", TYPED | changes)
    assert (answer.status_code, Programme.objects.count()) == (200, 0)
    assert "govuk-error-summary" in answer.content.decode()


def test_hostile_text_is_only_text(client, world, need, draft):
    client.post(at(draft, "edit/"), TYPED | {"goal_ky": "<script>alert(1)</script>"})
    html = client.get(at(draft)).content.decode()
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert" in html


def test_a_measure_is_changed_and_taken_out(client, world, need, draft):
    client.post(at(draft, "measures/add/"), measure(need))
    one = Measure.objects.get()
    client.post(at(draft, f"measures/{one.ref}/"), measure(need, title_ky="Башкача"))
    one.refresh_from_db()
    assert one.title_ky == "Башкача"
    assert client.get(at(draft, f"measures/{one.ref}/remove/")).status_code == 200
    assert Measure.objects.count() == 1
    client.post(at(draft, f"measures/{one.ref}/remove/"))
    assert Measure.objects.count() == 0


def version_of(client, page):
    return client.get(page).context["form"]["version"].value()


def test_two_clerks_do_not_overwrite_each_other(client, world, need, draft):
    page = at(draft, "edit/")
    version = version_of(client, page)
    client.force_login(world.azamat)
    client.post(page, TYPED | {"goal_ky": "Азаматтын максаты", "version": version})
    client.force_login(world.aigul)
    answer = client.post(page, TYPED | {"goal_ky": "Айгүлдүн максаты", "version": version})
    draft.refresh_from_db()
    assert (answer.status_code, draft.goal_ky) == (409, "Азаматтын максаты")
    assert "Айгүлдүн максаты" in answer.content.decode()
    again = answer.context["form"]["version"].value()
    client.post(page, TYPED | {"goal_ky": "Айгүлдүн максаты", "version": again})
    draft.refresh_from_db()
    assert draft.goal_ky == "Айгүлдүн максаты"


def test_a_second_click_begins_no_second_programme(client, world):
    client.force_login(world.aigul)
    codes = [client.post("/ky/programmes/begin/", TYPED).status_code for _click in range(2)]
    assert (codes, Programme.objects.count()) == ([302, 302], 1)


def test_a_second_click_adds_no_second_measure(client, world, need, draft):
    page = at(draft, "measures/add/")
    typed = measure(need, version=version_of(client, page))
    codes = [client.post(page, typed).status_code for _click in range(2)]
    assert (codes, Measure.objects.count()) == ([302, 302], 1)


@pytest.mark.parametrize("name", ["zamir", "chinara", "elmira", "daniyar"])
def test_a_draft_is_nobodys_but_its_own(client, world, draft, name):
    client.force_login(world.people[name])
    pages = [at(draft), at(draft, "edit/"), at(draft, "measures/add/"), "/ky/programmes/begin/"]
    assert {client.get(page).status_code for page in pages} == {404}
    assert client.post("/ky/programmes/begin/", TYPED).status_code == 404


def test_the_deputy_reads_the_draft_but_does_not_write_it(client, world, draft):
    client.force_login(world.kanat)
    assert client.get(at(draft)).status_code == 200
    assert client.get(at(draft, "edit/")).status_code == 404


@pytest.mark.parametrize("name", [None, "zamir"])
def test_a_published_programme_is_everybodys(client, world, need, draft, name):
    client.post(at(draft, "measures/add/"), measure(need))
    publish_case(draft.case)
    client.logout()
    if name:
        client.force_login(world.people[name])
    html = client.get(at(draft)).content.decode()
    assert "Борбор ачуу" in html
    assert "edit/" not in html
    assert "Программа 2027–2028" in client.get("/ky/programmes/").content.decode()


def test_the_list_shows_strangers_nothing_unpublished(client, world, draft):
    client.logout()
    assert "2027–2028" not in client.get("/ky/programmes/").content.decode()


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_pages_in_three_languages(client, world, draft, language):
    for rest in ("", "edit/", "measures/add/"):
        answer = client.get(at(draft, rest).replace("/ky/", f"/{language}/"))
        assert answer.status_code == 200


def decided_gathering(world, title, days_ago):
    """A gathering that decided on the one ranked need of its own study."""
    study_case = open_case(
        Opening("needs_study", "study", world.aimak, title_ky=f"{title} изилдөөсү",
                parties={"municipality": world.bodies["okmotu"]}),
        by=world.aigul,
    )  # fmt: skip
    study = NeedsStudy.objects.create(case=study_case)
    Need.objects.create(study=study, topic="other", title_ky=f"{title} муктаждыгы", position=1)
    case = open_case(
        Opening("needs_study", "gathering", world.aimak, title_ky=title, parent=study_case),
        by=world.aigul,
    )
    type(case).objects.filter(pk=case.pk).update(stage="decided")
    held_on = timezone.localdate() - timedelta(days=days_ago)
    event = Event.objects.create(
        case=case, territory=world.aimak, kind=EventKind.GATHERING, held_on=held_on
    )
    return Gathering.objects.create(case=case, event=event, study=study)


def test_the_clerk_says_which_gathering_the_programme_follows(client, world):
    newest = decided_gathering(world, "Жаңы жыйын", 10)
    older = decided_gathering(world, "Эски жыйын", 400)
    client.force_login(world.aigul)
    form = client.get("/ky/programmes/begin/").context["form"]
    assert form["gathering"].value() == newest.pk
    client.post("/ky/programmes/begin/", TYPED | {"gathering": older.pk})
    draft = Programme.objects.get()
    assert draft.case.parent == older.case
    offered = client.get(at(draft, "measures/add/")).context["form"].fields["need"].choices
    assert [group for group, _needs in offered[1:]] == [
        "Эски жыйын изилдөөсү", "Жаңы жыйын изилдөөсү"
    ]  # fmt: skip
    html = client.get(at(draft, "measures/add/")).content.decode()
    assert html.count("<optgroup") == 2


def test_a_gathering_of_nowhere_is_no_parent(client, world):
    decided_gathering(world, "Жаңы жыйын", 10)
    client.force_login(world.aigul)
    codes = [
        client.post("/ky/programmes/begin/", TYPED | further).status_code
        for further in ({}, {"gathering": "999999"})
    ]
    assert (codes, Programme.objects.count()) == ([200, 200], 0)


def test_a_new_programme_may_be_left_and_needs_no_russian_title(client, world):
    client.force_login(world.aigul)
    assert "govuk-back-link" in client.get("/ky/programmes/begin/").content.decode()
    client.post("/ky/programmes/begin/", TYPED | {"title_ru": ""})
    assert Programme.objects.get().case.title_ky == TYPED["title_ky"]


def test_one_year_is_said_once():
    said = [papers._years(Programme(year_from=2028, year_to=last)) for last in (2028, 2029)]
    assert said == ["2028", "2028–2029"]


def test_the_day_of_submission_is_known_before_the_kenesh(world, draft):
    before = submitted_on(draft.case)
    draft.case.stage = "before_kenesh"
    assert (before, submitted_on(draft.case)) == (None, timezone.localdate(draft.case.since))
