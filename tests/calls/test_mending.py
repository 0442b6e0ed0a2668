"""What a clerk, a member and an applicant are told before a mistake costs them something."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from ashar.calls import actions
from ashar.calls.models import Call
from ashar.cases.actions import Opening, make_move, open_case
from ashar.cases.models import Case
from ashar.cases.queries import law
from ashar.kernel.money import Som
from ashar.parties.actions import give_mandate
from ashar.procedures.engine import Refused
from ashar.programmes.models import MeasureFunding
from tests.calls import contest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]


@pytest.fixture(autouse=True)
def _russian():
    with translation.override("ru"):
        yield


@pytest.fixture
def page_of(client, world):
    """What somebody of the cast reads on a page."""

    def read(who, name, *args, data=None):
        client.force_login(world.people[who])
        url = reverse(name, args=args)
        send = client.get if data is None else client.post
        return send(url, data, follow=True).content.decode()

    return read


def refused(call, by):
    closes_at = timezone.now() + timedelta(days=40)
    with pytest.raises(Refused) as found:
        make_move(call.case, "announce", by=by, answers={"closes_at": closes_at})
    return [one.reason for one in found.value.refusals]


def plan(measure, **money):
    for source, som in money.items():
        MeasureFunding.objects.create(measure=measure, source=source, year=2026, planned=som)


def test_a_call_may_not_promise_more_than_its_measure_has(world):
    call = contest.prepared(world)
    plan(call.measure, local_own=Som.of(499_999), ngo_own=Som.of(900_000))
    (reason,) = refused(call, world.aigul)
    assert reason.key == "within_measure"
    assert reason.params == {"maximum": Som.of(500_000), "budget": Som.of(499_999)}
    for tongue in ("ky", "ru", "en"):
        assert "499" in law().say_reason(reason, tongue)


def test_calls_of_one_measure_share_its_money_until_one_ends_without_result(world):
    first = contest.announced(world)
    plan(first.measure, local_own=Som.of(600_000))
    second = actions.open_call(first.measure, by=world.aigul)
    Call.objects.filter(pk=second.pk).update(maximum=Som.of(200_000))
    keys = {reason.key: reason.params for reason in refused(second, world.aigul)}
    assert keys["measure_committed"] == {
        "maximum": Som.of(200_000),
        "budget": Som.of(600_000),
        "committed": Som.of(500_000),
        "left": Som.of(100_000),
    }
    Case.objects.filter(pk=first.case_id).update(stage="cancelled")
    second.case.refresh_from_db()
    assert "measure_committed" not in [one.key for one in refused(second, world.aigul)]


def test_a_measure_that_has_a_contest_says_so_where_one_is_begun(page_of, world):
    measure = contest.measure_of(world)
    assert "уже есть конкурс" not in page_of("aigul", "calls:begin")
    call = actions.open_call(measure, by=world.aigul)
    page = page_of("aigul", "calls:begin")
    assert "уже есть конкурс" in page
    assert call.get_absolute_url() in page


def rows(*people):
    data = {"act": "буйрук № 12", "members-TOTAL_FORMS": "3", "members-INITIAL_FORMS": "0"}
    return data | {f"members-{n}-person": one.person_id for n, one in enumerate(people)}


def test_candidates_are_told_apart_and_nobody_is_chosen_twice(page_of, world):
    call = actions.open_call(contest.measure_of(world), by=world.aigul)
    page = page_of("aigul", "calls:commission", call.case.ref)
    assert f"{world.chinara} – {world.bodies['bulak'].name_ru}" in page
    page = page_of("aigul", "calls:commission", call.case.ref, data=rows(world.bakyt, world.bakyt))
    assert f"{world.bakyt} уже указан(а) в строке 1" in page
    call.refresh_from_db()
    assert call.commission is None


def test_a_representative_on_the_commission_is_warned_of(page_of, world):
    call = actions.open_call(contest.measure_of(world), by=world.aigul)
    page = page_of(
        "aigul", "calls:commission", call.case.ref, data=rows(world.bakyt, world.chinara)
    )
    assert f"{world.chinara} представляет «{world.bodies['bulak'].name_ru}»" in page
    assert f"{world.bakyt} представляет" not in page


def test_nobody_denies_an_interest_in_the_own_organisation(page_of, world):
    _call, first, _second = contest.in_scoring(world)
    give_mandate(
        person=world.bolot.person,
        organisation=world.bodies["bulak"],
        role="representative",
        valid_from=timezone.localdate(),
        by=None,
    )
    page = page_of("bolot", "calls:interest", first.case.ref, data={"has_interest": "no"})
    assert "Вы действуете от имени этого участника" in page
    own = first.case.disclosures.filter(member=world.bolot.person)
    assert not own.exists()
    data = {"has_interest": "yes", "reason": "Өз уюмум"}
    page_of("bolot", "calls:interest", first.case.ref, data=data)
    assert own.get().has_interest


def test_the_button_of_scoring_goes_when_nothing_is_left(page_of, world):
    call, first, second = contest.in_scoring(world)
    button, told = reverse("calls:scoring", args=(call.case.ref,)), "Вы закончили"
    for name in ("calls:call", "calls:board"):
        page = page_of("bakyt", name, call.case.ref)
        assert (button in page, told in page) == (True, False)
    contest.scored(world, call, {first: 9, second: 6})
    for name in ("calls:call", "calls:board"):
        page = page_of("bakyt", name, call.case.ref)
        assert (button in page, told in page) == (False, True)


def test_a_total_stands_beside_the_highest_possible_and_the_winner_by_its_agreement(page_of, world):
    call, first, _second = contest.decided(world)
    assert "900 / 1000" in page_of("chinara", "calls:proposal", first.case.ref)
    assert "900 / 1000" in page_of("chinara", "calls:call", call.case.ref)
    Case.objects.filter(pk=first.case_id).update(stage="awarded", is_public=True)
    first.case.refresh_from_db()
    agreement = open_case(
        Opening(
            procedure="municipal_social_order",
            track="agreement",
            territory=world.aimak,
            title_ky="Келишим",
            parent=first.case,
            parties={"contractor": world.bodies["bulak"], "customer": world.bodies["okmotu"]},
        ),
        by=world.aigul,
    )
    link = reverse("cases:case", args=(agreement.ref,))
    assert link in page_of("chinara", "calls:proposal", first.case.ref)
    assert link not in page_of("zamir", "calls:proposal", first.case.ref)


def test_a_refused_submission_leads_back_and_names_the_article_once(page_of, world):
    call = contest.announced(world)
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=world.chinara)
    ref = proposal.case.ref
    page = page_of("chinara", "cases:move", ref, "submit", data={"version": "1"})
    edit = reverse("calls:edit_proposal", args=(ref,))
    assert f'href="{edit}">Вернуться и исправить' in page
    article = law().procedure("municipal_social_order").tracks["proposal"].stages["draft"]
    said = article.moves["submit"].cite.say(law(), "ru")
    assert page.count(said) == 1
    assert page.count("<li>") >= 2
    announce = page_of("aigul", "cases:move", call.case.ref, "cancel")
    assert "Вернуться и исправить" not in announce
