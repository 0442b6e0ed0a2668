"""Sealed proposals from the announcement to admission."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone

from ashar.calls import actions
from ashar.calls.access import may_read
from ashar.calls.choices import AS_STATED
from ashar.cases.actions import MovedMeanwhile, make_move, tick
from ashar.cases.models import CaseDocument
from ashar.desk.core import COMMISSION
from ashar.kernel.money import Som
from ashar.procedures.engine import Refused
from ashar.seals import actions as seals
from ashar.seals.core import NotOpened, encrypt, new_identity, pack, recipient_of, split_for
from ashar.seals.models import Envelope, Opening
from ashar.seals.queries import recipients_of, sealing_of, unopened_in
from tests.calls import contest
from tests.seals import envelopes

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]
LATER = timedelta(days=41)


@pytest.fixture
def secrets(world):
    return envelopes.with_seals(world)


@pytest.fixture
def call(world, secrets):
    return contest.announced(world)


def close(call, now=None):
    tick(now or timezone.now() + LATER)
    call.refresh_from_db()
    call.case.refresh_from_db()
    return call


def waiting(call):
    return list(unopened_in(call.case))


def test_the_announcement_freezes_who_opens(call):
    sealing = sealing_of(call.case)
    assert (sealing.threshold, sealing.holders.count()) == (3, 5)


def test_with_two_seals_nothing_is_sealed(world):
    envelopes.with_seals(world, COMMISSION[:2])
    assert sealing_of(contest.announced(world).case) is None


def test_nobody_reads_before_and_everybody_concerned_after(world, call, secrets):
    one = envelopes.handed_in(world, call, papers=[envelopes.PDF])
    two = envelopes.handed_in(world, call, "jamila", "meerim", typed={"title": "Чогуу"})
    assert one.proposal.counted is None
    assert one.proposal.typed["title"] == ""
    close(call)
    assert call.case.stage == "opening"
    assert not may_read(world.bakyt, one.proposal)
    opened = envelopes.open_by(world, call, secrets, COMMISSION[:2], waiting(call))
    assert opened == []
    opened = envelopes.open_by(world, call, secrets, COMMISSION[2:3], waiting(call))
    assert {one.title for one in opened} == {"Бактылуу балалык", "Чогуу"}
    tick(timezone.now() + LATER)
    call.case.refresh_from_db()
    assert call.case.stage == "admission"
    one.proposal.refresh_from_db()
    one.proposal.case.refresh_from_db()
    assert may_read(world.bakyt, one.proposal)
    assert one.proposal.case.title_ky == "Сунуш: «Булак» коомдук фонду"
    assert one.proposal.counted.submitted_at == one.envelope.handed_in_at
    assert CaseDocument.objects.filter(case=one.proposal.case).count() == 1
    assert one.proposal.checks.get(rule=AS_STATED).result == "met"
    contest.admitted(world, one.proposal, two.proposal)


def test_shares_are_not_taken_before_the_close(world, call, secrets):
    one = envelopes.handed_in(world, call)
    holder, shares = envelopes.shares_of(call, world.bakyt.person, secrets["bakyt"], [one.envelope])
    with pytest.raises(seals.NothingWaits):
        actions.give_shares(call, holder, shares, by=world.bakyt)
    with pytest.raises(seals.NothingWaits):
        actions.open_with_code(one.proposal, one.code, by=world.people["chinara"])


def test_an_unsealed_call_passes_at_once(world):
    call = contest.announced(world)
    contest.handed_in(world, call, "chinara", "bulak")
    close(call)
    assert call.case.stage == "admission"


def test_a_replaced_envelope_alone_is_opened_and_a_withdrawn_one_stays_closed(world, call, secrets):
    one = envelopes.handed_in(world, call)
    again = envelopes.handed_in(world, call, code=one.code, typed={"title": "Экинчи"})
    gone = envelopes.handed_in(world, call, "jamila", "meerim")
    make_move(
        gone.proposal.case,
        "withdraw",
        by=world.people["jamila"],
        answers={"reason": "Ойдон кайттык"},
    )
    close(call)
    assert waiting(call) == [again.envelope]
    opened = envelopes.open_by(world, call, secrets, COMMISSION[:3], waiting(call))
    assert [(one.title, one.number) for one in opened] == [("Экинчи", 2)]


def test_the_generic_way_hands_nothing_in(world, call):
    account = world.people["chinara"]
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=account)
    with pytest.raises(Refused) as refused:
        make_move(proposal.case, "submit", by=account)
    assert [one.reason.key for one in refused.value.refusals] == ["not_handed_in_here"]


def test_a_page_that_says_incomplete_hands_nothing_in(world, call):
    statement = {**envelopes.STATEMENT, "complete": False}
    with pytest.raises(Refused):
        envelopes.handed_in(world, call, statement=statement)
    assert not Envelope.objects.exists()


def test_a_second_click_hands_in_once(world, call):
    one = envelopes.handed_in(world, call)
    data = envelopes.sealed_data(call, envelopes.header(one.proposal), one.code)
    with pytest.raises(MovedMeanwhile):
        actions.hand_in_sealed(one.proposal, data, by=world.people["chinara"], version=1)
    assert Envelope.objects.count() == 1


def test_a_false_word_of_the_page_becomes_a_finding(world, call, secrets):
    one = envelopes.handed_in(world, call, typed={"method": "", "budget": []})
    close(call)
    envelopes.open_by(world, call, secrets, COMMISSION[:3], waiting(call))
    tick(timezone.now() + LATER)
    finding = one.proposal.checks.get(rule=AS_STATED)
    assert finding.result == "not_met"
    assert "Иш кандай аткарылат" in finding.evidence or "толтурул" in finding.evidence
    with pytest.raises(Refused):
        contest.admitted(world, one.proposal)


def test_the_applicant_opens_with_the_code_when_members_cannot(world, call, secrets):
    one = envelopes.handed_in(world, call)
    close(call)
    wrong = actions.open_with_code(one.proposal, new_identity(), by=world.people["chinara"])
    assert wrong == NotOpened("do_not_fit")
    taken = actions.open_with_code(one.proposal, one.code, by=world.people["chinara"])
    assert taken.title == "Бактылуу балалык"
    assert Opening.objects.get().how == "applicant"


def test_what_nobody_opens_is_left_aside_after_the_term_alone(world, call, secrets):
    lost = envelopes.handed_in(world, call)
    found = envelopes.handed_in(world, call, "jamila", "meerim")
    close(call)
    actions.open_with_code(found.proposal, found.code, by=world.people["jamila"])
    with pytest.raises(Refused) as early:
        make_move(call.case, "leave_unopened", by=world.bakyt, answers={"reason": "Мөөр жок"})
    assert [one.reason.key for one in early.value.refusals] == ["opening_term_passed"]
    later = timezone.now() + LATER + timedelta(days=10)
    make_move(
        call.case, "leave_unopened", by=world.bakyt, answers={"reason": "Мөөр жок"}, now=later
    )
    lost.proposal.case.refresh_from_db()
    assert (lost.proposal.case.stage, call.case.stage) == ("not_opened", "admission")
    assert not may_read(world.bakyt, lost.proposal)


HOSTILE = (
    {"title": "\ud800"},
    {"title": {"a": [1]}, "budget": "x", "results": [[1]], "team": {"a": 1}},
    {"title": 10**400, "budget": [{"rate": float("nan"), "quantity": 1e308}]},
    {"title": "a\x00b"},
)


@pytest.mark.parametrize("typed", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_content_never_stops_the_opening(world, call, secrets, typed):
    """Half signs, deep nesting, wrong types: the envelope opens or stays closed, others open."""
    text = json.dumps({**envelopes.header(_started(world, call)), "typed": typed}).encode()
    code = new_identity()
    content = encrypt(len(text).to_bytes(4, "big") + text, recipient_of(code))
    envelopes.handed_in(world, call, code=code, ciphertext=content)
    honest = envelopes.handed_in(world, call, "jamila", "meerim")
    close(call)
    opened = envelopes.open_by(world, call, secrets, COMMISSION[:3], waiting(call))
    assert honest.proposal in [one.proposal for one in opened]


def test_p9_a_paper_with_a_hostile_name_closes_nothing(world, call, secrets):
    started, code = _started(world, call), new_identity()
    paper = envelopes.attached(started, code, name="a\x00b.pdf", kind="\x00" * 400)
    hostile = {**paper, "ref": paper["ref"], "sha256": "0" * 5000}
    inside = envelopes.header(started, papers=[paper, hostile])
    data = envelopes.sealed_data(call, inside, code, papers=[paper["ref"]])
    actions.hand_in_sealed(started, data, by=world.people["chinara"])
    close(call)
    (taken,) = envelopes.open_by(world, call, secrets, COMMISSION[:3], waiting(call))
    assert taken.proposal == started


def _started(world, call):
    account = world.people["chinara"]
    return actions.start_proposal(call, organisation=world.bodies["bulak"], by=account)


def test_a_refused_paper_is_named_and_not_filed(world, call, secrets):
    one = envelopes.handed_in(world, call, papers=[b"MZ\x90\x00 no paper", envelopes.PDF])
    close(call)
    (taken,) = envelopes.open_by(world, call, secrets, COMMISSION[:3], waiting(call))
    assert [paper["name"] for paper in taken.content["refused_papers"]] == ["бюджет.pdf"]
    assert CaseDocument.objects.filter(case=one.proposal.case).count() == 1


def test_an_envelope_copied_from_a_rival_opens_as_nobodys(world, call, secrets):
    """Jamila hands in the very bytes and shares of Chinara's envelope."""
    one = envelopes.handed_in(world, call)
    jamila = world.people["jamila"]
    proposal = actions.start_proposal(call, organisation=world.bodies["meerim"], by=jamila)
    data = seals.EnvelopeData(
        recipient=one.envelope.recipient,
        ciphertext=bytes(one.envelope.ciphertext),
        shares=one.envelope.shares,
        statement=envelopes.STATEMENT,
    )
    actions.hand_in_sealed(proposal, data, by=jamila)
    close(call)
    opened = envelopes.open_by(world, call, secrets, COMMISSION[:3], waiting(call))
    assert [taken.proposal for taken in opened] == [one.proposal]


def test_clear_bytes_are_not_taken(world, call):
    account = world.people["chinara"]
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=account)
    with pytest.raises(seals.NotSealed):
        seals.keep_paper(proposal.case, ciphertext=b"clear")
    with pytest.raises(seals.BadEnvelope):
        envelopes.handed_in(world, call, ciphertext=pack(envelopes.header(proposal)))
    sealing = sealing_of(call.case)
    few = split_for(new_identity(), recipients_of(sealing), 3)[:4]
    with pytest.raises(seals.BadEnvelope):
        envelopes.handed_in(world, call, shares=few)


def test_papers_that_the_rules_ask_for_are_looked_at_when_open(world, secrets):
    """An initiative brings papers: sealed it is taken at its word, then they are looked at."""
    call = actions.open_call(
        None,
        by=world.aigul,
        procedure="local_initiative",
        customer=world.bodies["okmotu"],
        territory=world.aimak,
    )
    texts = {f"{part}_{code}": part for part in contest.PARTS for code in ("ky", "ru")}
    days = {"starts_on": date(2027, 2, 1), "ends_on": date(2027, 12, 1)}
    titles = {"title_ky": "Демилгелер", "title_ru": "Инициативы"}
    actions.edit_call(call, by=world.aigul, maximum=Som.of(50_000), **texts, **days, **titles)
    members = [(world.people[name].person, False) for name in COMMISSION]
    actions.appoint_commission(call, members=members, act="№ 3", by=world.aigul)
    actions.confirm_commission(call, by=world.head)
    closes_at = timezone.now() + timedelta(days=40)
    make_move(call.case, "announce", by=world.aigul, answers={"closes_at": closes_at})
    small = [{**contest.TYPED["budget"][0], "quantity": "1"}]
    bare = envelopes.handed_in(world, call, typed={"budget": small})
    close(call)
    envelopes.open_by(world, call, secrets, COMMISSION[:3], waiting(call))
    finding = bare.proposal.checks.get(rule=AS_STATED)
    assert finding.result == "not_met"
    assert "Не приложены" in finding.evidence
