"""Pages of programmes: a draft written by the clerk alone, read by everybody once published."""

from __future__ import annotations

import pytest

from ashar.cases.actions import Opening, open_case, publish_case
from ashar.kernel.money import Som
from ashar.needs.models import Need, NeedsStudy
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
