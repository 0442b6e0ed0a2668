"""P12 and what leads to it: interests are declared before a file opens, and hinted at."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from ashar.calls import access, actions
from ashar.calls.queries.hints import hints_on, standing_out
from ashar.calls.queries.scoring import ranking_of
from ashar.cases import effects
from ashar.cases.actions import file_documents, make_move
from ashar.desk.core import COMMISSION
from ashar.documents.actions import store_upload
from ashar.parties.actions import give_mandate
from ashar.parties.models import Organisation, Person
from ashar.reviews.actions import InterestStands
from ashar.reviews.models import Disclosure, Review
from tests.calls import contest
from tests.people import build_world

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
INSIDE = "Адистер менен иштейбиз"  # stands in every proposal of the contest


@pytest.fixture
def world(db, monkeypatch):
    monkeypatch.setattr(effects.documents, "make_paper", lambda *_a, **_k: [])
    return build_world()


@pytest.fixture
def browse(client):
    def go(account, name, ref, data=None):
        client.force_login(account)
        address = reverse(f"calls:{name}", args=(ref,))
        return client.post(address, data) if data else client.get(address)

    return go


def opened_before_declaring(world, browse, client, proposal, who):
    """Return by which ways the member reads the proposal without having declared."""
    account, ways = world.people[who], []
    for name in ("proposal", "check", "sheet", "interest"):
        answer = browse(account, name, proposal.case.ref)
        if INSIDE in answer.content.decode():
            ways.append(name)
    for filing in proposal.case.papers.select_related("document"):
        address = reverse("documents:file", args=(filing.document.ref,))
        answer = client.get(address)
        if answer.status_code == 200:
            answer.getvalue()  # a file is closed once it was read
            ways.append("paper")
    return ways


def with_paper(world):
    """A call in admission; its first proposal has a paper filed on it."""
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "chinara", "bulak")
    paper = store_upload(
        SimpleUploadedFile("устав.pdf", PDF, content_type="application/pdf"),
        kind="other", title="Устав", by=world.chinara, visibility="parties",
    )  # fmt: skip
    file_documents(proposal.case, [paper], kind="other", by=world.chinara)
    contest.closed(call)
    proposal.refresh_from_db()
    return call, proposal


def test_nothing_opens_before_the_member_has_declared(world, browse, client):
    _call, proposal = with_paper(world)
    assert opened_before_declaring(world, browse, client, proposal, "bakyt") == []
    sent = {"has_interest": "no", "reason": ""}
    answer = browse(world.bakyt, "interest", proposal.case.ref, sent)
    assert answer.url == reverse("calls:check", args=(proposal.case.ref,))
    seen = opened_before_declaring(world, browse, client, proposal, "bakyt")
    assert {"proposal", "paper"} <= set(seen)
    sent = {"has_interest": "yes", "reason": "Тууганым"}
    browse(world.begimai, "interest", proposal.case.ref, sent)
    assert opened_before_declaring(world, browse, client, proposal, "begimai") == []
    assert INSIDE in browse(world.aigul, "proposal", proposal.case.ref).content.decode()


def test_the_check_notices_when_the_door_is_open(world, browse, client, monkeypatch):
    _call, proposal = with_paper(world)
    monkeypatch.setattr(access, "may_open_content", lambda *_a: True)
    monkeypatch.setattr("ashar.calls.views.proposals.may_open_content", lambda *_a: True)
    assert opened_before_declaring(world, browse, client, proposal, "bakyt")


def conflicted_scores_that_count(call, proposal, member):
    """Return the sheets and places into which a member with an interest still counts."""
    sheets = Review.objects.filter(case=proposal.case, member=member).count()
    places = ranking_of(call).places
    reviewers = {place.proposal: place.reviewers for place in places}
    others = len(COMMISSION) - 1
    return sheets + (reviewers.get(str(proposal.case_id), others) != others)


def test_p12_an_interest_declared_after_scoring_drops_the_score_and_everybody_sees_it(
    world, browse
):
    call, first, second = contest.in_scoring(world)
    contest.scored(world, call, {first: 9, second: 6})
    member = world.bolot.person
    actions.disclose(first, member=member, has_interest=True, reason="Тууган", by=world.bolot)
    assert conflicted_scores_that_count(call, first, member) == 0
    with pytest.raises(InterestStands):
        actions.disclose(first, member=member, has_interest=False, by=world.bolot)
    for who in ("aigul", "bakyt"):
        page = browse(world.people[who], "board", call.case.ref).content.decode()
        assert 'id="dropped"' in page


def test_p12_notices_when_a_late_interest_leaves_the_sheet(world):
    call, first, second = contest.in_scoring(world)
    contest.scored(world, call, {first: 9, second: 6})
    member = world.bolot.person
    Disclosure.objects.filter(case=first.case, member=member).update(has_interest=True)
    assert conflicted_scores_that_count(call, first, member) > 0


def test_hints_are_asked_of_the_member_and_shown_to_the_customer_alone(world, browse):
    call, first, _second = contest.in_scoring(world)
    okmotu, bulak = world.bodies["okmotu"], world.bodies["bulak"]
    Organisation.objects.filter(pk__in=(okmotu.pk, bulak.pk)).update(telephone="0555 123456")
    Person.objects.filter(pk=world.chinara.person_id).update(name="Асанова Чынара")
    Person.objects.filter(pk=world.bakyt.person_id).update(name="Асанов Бакыт")
    give_mandate(
        person=world.bakyt.person, organisation=okmotu, role="specialist",
        valid_from=timezone.localdate(), by=None,
    )  # fmt: skip
    member = Person.objects.get(pk=world.bakyt.person_id)
    first.refresh_from_db()
    found = [hint.kind.value for hint in hints_on(first, member)]
    assert found == ["same_telephone", "family_name"]
    page = browse(world.bakyt, "interest", first.case.ref).content.decode()
    assert 'id="hints"' in page
    assert 'id="hints"' not in browse(world.begimai, "interest", first.case.ref).content.decode()
    assert 'id="hints"' in browse(world.aigul, "board", call.case.ref).content.decode()
    assert 'id="hints"' not in browse(world.begimai, "board", call.case.ref).content.decode()
    actions.disclose(first, member=member, has_interest=False, by=world.bakyt)
    kept = Disclosure.objects.get(case=first.case, member=member)
    assert kept.hinted == ["family_name", "same_telephone"]


def test_what_stands_out_is_listed_after_the_decision(world, browse):
    call, first, second = contest.in_scoring(world)
    contest.scored(world, call, {first: 5, second: 5})
    sheet = contest.marks(10, "мыкты")
    actions.score(first, member=world.bolot.person, marks=sheet, by=world.bolot)
    make_move(call.case, "decide", by=world.bakyt)
    call.refresh_from_db()
    far, _same, _often = standing_out(call)
    assert [(one.member, one.proposal) for one in far] == [(world.bolot.person_id, first.case_id)]
    assert 'id="hints"' in browse(world.aigul, "board", call.case.ref).content.decode()


def test_the_award_of_this_very_contest_is_no_earlier_one(world):
    call, first, second = contest.in_scoring(world)
    contest.scored(world, call, {first: 9, second: 6})
    make_move(call.case, "decide", by=world.bakyt)
    later = timezone.now() + timedelta(days=90)
    make_move(call.case, "award", by=None, now=later)
    first.refresh_from_db()
    assert first.case.stage == "awarded"
    assert hints_on(first, world.bakyt.person) == ()
