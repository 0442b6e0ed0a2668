"""Every page of needs: the clerk works, a refusal is a sentence, Zamir finds nothing."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
import python_calamine
from django.urls import reverse
from django.utils import timezone

from ashar.cases.actions import Opening, make_move
from ashar.needs import actions
from ashar.needs.models import Answer, Gathering, NeedsStudy
from ashar.parties import actions as parties
from tests.needs.conftest import PEOPLE, gathering_plan, session_in
from tests.people import SINCE, territory


@pytest.fixture
def aigul(client, world):
    client.force_login(world.aigul)
    return client


def address(name, ref=None):
    return reverse(f"needs:{name}", args=[ref] if ref else [])


def text_of(response):
    return response.content.decode()


def rows(prefix, *given, initial=0):
    data = {f"{prefix}-TOTAL_FORMS": len(given), f"{prefix}-INITIAL_FORMS": initial}
    for number, row in enumerate(given):
        data.update({f"{prefix}-{number}-{key}": value for key, value in row.items()})
    return data


def session_data(village, /, **changes):
    data = {
        "kind": "focus_group",
        "village": village.pk,
        "group": "older_people",
        "held_on": f"{timezone.localdate() - timedelta(days=3):%d.%m.%Y}",
        "total": "12",
        "all_women_a63_plus": "7",
        "all_men_a63_plus": "5",
        "disabled_men_a63_plus": "2",
        **rows("answers", {"text": "Жол оңдолсун", "mentions": "9"}, {"text": "", "mentions": ""}),
    }
    return {**data, **changes}


def test_a_clerk_begins_a_study(aigul, world):
    form = aigul.get(address("new_study"))
    assert form.status_code == 200
    weights = {key: "1" for key in form.context["form"].fields if key.startswith("weight_")}
    data = {
        "title_ky": "Муктаждыктар",
        "title_ru": "",
        "villages": [village.pk for village in world.villages],
        "starts_on": "01.11.2026",
        "ends_on": "",
        "method": "",
        **weights,
    }
    response = aigul.post(address("new_study"), data)
    study = NeedsStudy.objects.get()
    assert response.url == study.get_absolute_url()
    assert aigul.post(address("new_study"), data).url == response.url
    assert study.villages.count() == 3
    assert text_of(aigul.get(response.url)).count("ashar-card") == 3


@pytest.mark.parametrize(
    ("field", "value"),
    [("starts_on", "31.02.2026"), ("ends_on", "01.01.1700"), ("title_ky", "  ")],
)
def test_a_bad_plan_keeps_what_was_typed(aigul, world, field, value):
    data = {"title_ky": "<b>Изилдөө</b>", "villages": [world.villages[0].pk], field: value}
    response = aigul.post(address("new_study"), data)
    assert response.status_code == 200
    assert next(iter(response.context["form"].errors)) == field
    assert response.context["form"]["villages"].value() == [str(world.villages[0].pk)]
    assert "<b>Изилдөө" not in text_of(response)
    assert NeedsStudy.objects.count() == 0


def test_a_session_is_recorded(aigul, world, collecting):
    page = address("new_session", collecting.case.ref)
    assert (
        aigul.get(page, {"village": world.villages[0].code, "group": "survey"}).status_code == 200
    )
    response = aigul.post(page, session_data(world.villages[0]))
    assert response.url == collecting.get_absolute_url()
    event = collecting.case.events.get()
    assert [a.number for a in event.attendance.order_by("pk")] == [7, 3, 2]
    assert list(event.answers.values_list("text", "mentions")) == [("Жол оңдолсун", 9)]


def test_a_second_click_counts_nobody_twice(aigul, world, collecting):
    page = address("new_session", collecting.case.ref)
    once = aigul.get(page).context["form"]["once"].value()
    for _click in range(2):
        assert aigul.post(page, session_data(world.villages[0], once=once)).status_code == 302
    assert collecting.case.events.count() == 1
    aigul.post(page, session_data(world.villages[0], once="'; drop"))
    assert collecting.case.events.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"total": "13"}, "total"),
        ({"total": "-5"}, "total"),
        ({"total": "1e9"}, "total"),
        ({"total": "1000000000"}, "total"),
        ({"all_women_a63_plus": "-7"}, "all_women_a63_plus"),
        ({"disabled_men_a63_plus": "6"}, "disabled_men_a63_plus"),
        ({"held_on": "21.11.2999"}, "held_on"),
        ({"held_on": "32.13.2026"}, "held_on"),
        ({"held_on": f"{timezone.localdate() + timedelta(days=1):%d.%m.%Y}"}, "held_on"),
        ({"group": ""}, "group"),
        ({"village": "999999"}, "village"),
        ({"note": "a\u202eb"}, "note"),
    ],
)
def test_bad_input_is_refused_beside_its_field(aigul, world, collecting, changes, field):
    page = address("new_session", collecting.case.ref)
    response = aigul.post(page, session_data(world.villages[0], **changes))
    assert response.status_code == 200
    assert list(response.context["form"].errors) == [field]
    assert "Жол оңдолсун" in text_of(response)
    assert collecting.case.events.count() == 0


def test_more_mentions_than_people_are_refused(aigul, world, collecting):
    data = session_data(world.villages[0], **{"answers-0-mentions": "13"})
    response = aigul.post(address("new_session", collecting.case.ref), data)
    assert list(response.context["rows"].forms[0].errors) == ["mentions"]
    assert collecting.case.events.count() == 0


def test_hostile_words_are_shown_as_words(aigul, world, collecting):
    data = session_data(world.villages[0], **{"answers-0-text": "<script>alert(1)</script>"})
    aigul.post(address("new_session", collecting.case.ref), data)
    page = text_of(aigul.get(address("grouping", collecting.case.ref)))
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_another_row_loses_nothing(aigul, world, collecting):
    data = session_data(world.villages[0], **{"answers-add_row": "1"})
    response = aigul.post(address("new_session", collecting.case.ref), data)
    assert response.context["rows"].total_form_count() == 5
    assert "Жол оңдолсун" in text_of(response)
    assert collecting.case.events.count() == 0


def test_two_clerks_at_once(aigul, world, grouped):
    event = grouped.case.events.first()
    page = address("session", event.ref)
    data = session_data(world.villages[0], version=event.version, note="Менин оңдоом")
    actions.change_session(grouped, event, session_in(event.territory), by=world.aigul)
    response = aigul.post(page, data)
    assert response.status_code == 409
    assert "Менин оңдоом" in text_of(response)
    again = {**data, "version": response.context["form"]["version"].value()}
    assert aigul.post(page, again).url == grouped.get_absolute_url()
    event.refresh_from_db()
    assert event.note == "Менин оңдоом"


def test_a_session_is_removed_after_a_warning(aigul, grouped):
    event = grouped.case.events.first()
    page = address("delete_session", event.ref)
    assert aigul.get(page).status_code == 200
    aigul.post(page)
    assert grouped.case.events.count() == 2


def test_answers_are_grouped_under_a_topic(aigul, world, collecting):
    actions.record_session(collecting, session_in(world.villages[0]), by=world.aigul)
    page = address("grouping", collecting.case.ref)
    pks = list(Answer.objects.values_list("pk", flat=True))
    nothing = aigul.post(page, {"answers": pks})
    assert list(nothing.context["form"].errors) == ["need"]
    assert text_of(nothing).count(" checked") == 2
    aigul.post(page, {"answers": pks, "topic": "kindergarten"})
    need = collecting.needs.get()
    assert (need.title_ky, need.title_ru) == ("Бала бакча", "Детский сад")
    assert need.answers.count() == 2
    aigul.post(page, {"answers": pks[:1], "ungroup": "1"})
    assert need.answers.count() == 1
    assert aigul.get(page).status_code == 200


def test_an_empty_need_is_removed(aigul, grouped):
    need = grouped.needs.first()
    aigul.post(address("delete_need", need.ref))
    assert grouped.needs.count() == 2
    actions.ungroup_answers(grouped, [a.pk for a in need.answers.all()], by=None)
    aigul.post(address("delete_need", need.ref))
    assert grouped.needs.count() == 1


def test_after_the_ranking_the_forms_lead_back_with_a_sentence(aigul, ranked):
    for name in ("new_session", "grouping"):
        response = aigul.get(address(name, ranked.case.ref), follow=True)
        assert response.redirect_chain[-1][0] == ranked.get_absolute_url()
        assert len(list(response.context["messages"])) == 1


def gathering_data(ranked, **changes):
    return {
        "when": f"{timezone.localdate() + timedelta(days=12):%d.%m.%Y} 14:00",
        "place": "Мектеп",
        "method": "open",
        "needs": [need.pk for need in ranked.needs.all()],
        **rows("agenda", {"text_ky": "Добуш берүү", "text_ru": "Голосование"}),
        **changes,
    }


def test_a_gathering_is_called(aigul, ranked):
    page = address("new_gathering", ranked.case.ref)
    assert aigul.get(page).status_code == 200
    once = aigul.get(page).context["form"]["once"].value()
    response = aigul.post(page, gathering_data(ranked, once=once))
    assert aigul.post(page, gathering_data(ranked, once=once)).url == response.url
    found = Gathering.objects.get()
    assert response.url == found.get_absolute_url()
    assert (found.event.ballots.count(), found.event.agenda.count()) == (2, 1)
    assert aigul.get(address("edit_gathering", found.case.ref)).status_code == 200
    changed = gathering_data(ranked, place="Айыл өкмөтү", version=found.event.version)
    assert aigul.post(address("edit_gathering", found.case.ref), changed).status_code == 302
    found.event.refresh_from_db()
    assert found.event.place_text == "Айыл өкмөтү"


@pytest.mark.parametrize(
    "when", ["21.11.2020 14:00", "21.11.2099 14:00", "14:00", "31.02.2027 9:00"]
)
def test_a_gathering_has_a_day_that_can_be(aigul, ranked, when):
    page = address("new_gathering", ranked.case.ref)
    response = aigul.post(page, gathering_data(ranked, when=when))
    assert list(response.context["form"].errors) == ["when"]
    assert "Добуш берүү" in text_of(response)


def test_who_came_is_written_on_the_day(aigul, announced):
    page = address("attendance", announced.case.ref)
    assert aigul.get(page).url == announced.get_absolute_url()
    announced.event.held_on = timezone.localdate()
    announced.event.save()
    assert aigul.get(page).status_code == 200
    version = announced.event.version
    data = {"total": "60", "all_women_a29_45": "35", "all_men_a29_45": "25", "version": version}
    assert aigul.post(page, data).url == announced.get_absolute_url()
    assert sum(row.number for row in announced.event.attendance.all()) == 60


def test_votes_and_minutes(aigul, held):
    page = address("votes", held.case.ref)
    assert aigul.get(page).status_code == 200
    first, second = held.event.ballots.all()
    votes = {
        f"in_favour_{first.pk}": "50",
        f"against_{first.pk}": "10",
        f"abstained_{first.pk}": "1",
        f"in_favour_{second.pk}": "10",
        "version": held.event.version,
    }
    response = aigul.post(page, votes)
    assert sorted(response.context["form"].errors) == sorted(
        [f"in_favour_{first.pk}", f"against_{second.pk}", f"abstained_{second.pk}"]
    )
    votes.update({f"abstained_{first.pk}": "0", f"in_favour_{second.pk}": ""})
    assert aigul.post(page, votes).url == held.get_absolute_url()
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.cast, second.is_counted) == (60, False)
    held.event.refresh_from_db()
    data = {
        "chair": "Асанов",
        "secretary": "Бекова",
        "decision_ky": "Чечим",
        "version": held.event.version,
    }
    page = address("minutes", held.case.ref)
    assert aigul.get(page).status_code == 200
    assert aigul.post(page, data).url == held.get_absolute_url()


def test_proposals_and_answers(aigul, held):
    page = address("suggestions", held.case.ref)
    assert aigul.get(page).status_code == 200
    given = ({"text": "Көпүрө", "answer": "Карайбыз", "is_accepted": "on"}, {"answer": "Жок"})
    data = {"version": held.event.version, **rows("said", *given)}
    response = aigul.post(page, data)
    assert list(response.context["rows"].forms[1].errors) == ["text"]
    data = {"version": held.event.version, **rows("said", given[0])}
    assert aigul.post(page, data).status_code == 302
    said = held.event.suggestions.get()
    assert (said.text, said.is_accepted) == ("Көпүрө", True)
    assert aigul.get(held.get_absolute_url()).status_code == 200


def test_an_outcome_is_set(aigul, ranked):
    need = ranked.needs.first()
    page = address("outcome", need.ref)
    assert aigul.get(page).status_code == 200
    refused = aigul.post(page, {"kind": "refused", "version": "0"})
    assert list(refused.context["form"].errors) == ["reason_ky"]
    data = {"kind": "refused", "reason_ky": "Каражат жок", "version": "0"}
    assert aigul.post(page, data).url == ranked.get_absolute_url()
    assert aigul.post(page, data).status_code == 409
    need.refresh_from_db()
    assert need.outcome.reason_ky == "Каражат жок"


def test_everybody_reads_what_is_published(client, concluded):
    gathering = Gathering.objects.get()
    pages = [
        address("needs"),
        address("studies"),
        address("gatherings"),
        concluded.get_absolute_url(),
        gathering.get_absolute_url(),
        address("vote_file", gathering.case.ref),
        concluded.needs.first().get_absolute_url(),
    ]
    for tongue in ("ky", "ru", "en"):
        answers = [client.get(page.replace("/ky/", f"/{tongue}/", 1)) for page in pages]
        assert [answer.status_code for answer in answers] == [200] * len(pages)


def test_votes_are_public_once_the_gathering_is(client, announced):
    need = announced.study.needs.first()
    assert client.get(need.get_absolute_url()).status_code == 200
    assert client.get(announced.get_absolute_url()).status_code == 200
    assert client.get(announced.study.get_absolute_url()).status_code == 404


def test_a_formula_in_the_vote_file_is_text(client, world, ranked):
    need = ranked.needs.first()
    need.title_ky = "=cmd()"
    need.save()
    found = actions.call_gathering(ranked, gathering_plan(ranked), by=world.aigul)
    client.force_login(world.aigul)
    assert "'=cmd()" in text_of(client.get(address("vote_file", found.case.ref)))


def private_pages(study, gathering):
    event, need = study.case.events.first(), study.needs.first()
    of_study = ("study", "edit_study", "grouping", "new_session", "new_gathering")
    of_gathering = (
        "gathering", "edit_gathering", "attendance", "suggestions", "votes", "vote_file", "minutes",
    )  # fmt: skip
    return [
        *(address(name, study.case.ref) for name in of_study),
        *(address(name, gathering.case.ref) for name in of_gathering),
        *(address(name, event.ref) for name in ("session", "delete_session")),
        *(address(name, need.ref) for name in ("need", "outcome")),
        address("new_study"),
    ]


@pytest.mark.parametrize("who", ["zamir", "daniyar", "chinara", "kanat", "elmira", "bakyt"])
def test_who_has_no_part_in_it_finds_nothing(client, world, called, who):
    client.force_login(world.people[who])
    pages = private_pages(called.study, called)
    assert {client.get(page).status_code for page in pages} - {404} == set()
    posted = [page for page in pages if not page.endswith(".csv")]
    read_only = {address("study", called.study.case.ref), address("gathering", called.case.ref)}
    codes = {client.post(page).status_code for page in posted if page not in read_only}
    assert codes <= {404, 405}


def test_a_clerk_of_another_municipality_finds_nothing(client, world, called):
    other = world.aimak
    foreign = actions_for_foreign_clerk(world, other)
    client.force_login(foreign)
    pages = [p for p in private_pages(called.study, called) if p != address("new_study")]
    assert {client.get(page).status_code for page in pages} == {404}
    assert client.get(address("new_study")).status_code == 200


def actions_for_foreign_clerk(world, near):
    aimak = territory("41799299898000", "ayil_aimak", "Башка", near.parent)
    office = parties.register_organisation(
        kind="aiyl_okmotu", name_ky="Башка а/ө", name_ru="Другой а/о", territory=aimak, by=None
    )
    person = parties.register_person(name="Башка Адис", by=None)
    parties.give_mandate(
        person=person, organisation=office, role="specialist", valid_from=SINCE, by=None
    )
    return parties.open_account(person=person, username="foreign", password="x", by=None)


def test_strangers_are_asked_to_sign_in(client, called):
    assert client.get(called.study.get_absolute_url()).status_code == 404
    assert client.get(address("edit_study", called.study.case.ref)).status_code == 302


@pytest.mark.parametrize("name", ["studies", "gatherings", "needs"])
def test_lists_cost_the_same_with_one_and_three(
    client, world, office, concluded, django_assert_num_queries, name
):
    def count():
        with django_assert_num_queries(4 if name == "needs" else 3, exact=False) as asked:
            assert client.get(address(name)).status_code == 200
        return len(asked)

    once = count()
    for number in range(2):
        plan = actions.StudyPlan(f"Изилдөө {number}", villages=tuple(world.villages[:1]))
        study = actions.open_study(office, plan, by=world.aigul)
        make_move(study.case, "open_study", by=world.aigul)
        actions.record_session(study, session_in(world.villages[0]), by=world.aigul)
        need = actions.add_need(study, topic="sport", title_ky="Спорт", by=world.aigul)
        pks = [a.pk for a in Answer.objects.filter(event__case=study.case)]
        actions.group_answers(study, pks, need=need, by=world.aigul)
        make_move(study.case, "rank", by=world.aigul)
        found = actions.call_gathering(study, gathering_plan(study), by=world.aigul)
        make_move(found.case, "announce", by=world.aigul)
        type(study.case).objects.filter(pk=study.case.pk).update(is_public=True)
    assert count() == once


def test_the_study_page_costs_the_same_with_more_sessions(
    aigul, world, collecting, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(40) as asked:
            aigul.get(collecting.get_absolute_url())
        return len(asked)

    actions.record_session(collecting, session_in(world.villages[0]), by=world.aigul)
    count()  # the first request of a session notes when it was
    once = count()
    for village in world.villages:
        session = session_in(village, group="salaried", counts=PEOPLE)
        actions.record_session(collecting, session, by=world.aigul)
    assert count() == once


def test_an_archived_study_says_only_what_its_source_says(client, world):
    opening = Opening("needs_study", "study", world.aimak, "ЖМБА 2013", "СИНС 2013")
    past = actions.PastNeed("library", "Китепкана", "Библиотека", 1, "тема заказа")
    study = actions.record_past_study(
        opening, source="слайд 5", period="2013", needs=[past], participants=149
    )
    page = text_of(client.get(study.get_absolute_url()))
    assert "149" in page
    assert "слайд 5" in page
    assert client.get(study.needs.get().get_absolute_url()).status_code == 200


def test_an_archived_study_shows_its_period(client, ranked):
    case = ranked.case
    type(case).objects.filter(pk=case.pk).update(source="slide", period="2013–2015", is_public=True)
    assert "2013–2015" in text_of(client.get(address("studies")))
    exported = client.get(address("studies"), {"to": "xlsx"})
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(exported.content))
    assert book.get_sheet_by_index(0).to_python()[1][-1] == "2013–2015"
