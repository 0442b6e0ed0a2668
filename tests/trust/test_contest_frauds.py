"""P7, P11-P16: each fraud is tried at the stage where it pays, and fails.

Beside each stands its planted fault: one guard switched off, or one condition of an action
turned; then the same attempt is seen. Random attempts follow in test_contest_machine.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.db import IntegrityError

from ashar.agreements.actions import money
from ashar.calls import access
from ashar.calls.actions import proposals, scoring
from ashar.kernel.money import Som
from ashar.procedures import engine
from ashar.procedures import scoring as ranking
from ashar.reviews import actions as reviews
from tests.trust.frauds import PAYING
from tests.trust.planted import guard_off, turned
from tests.trust.stages import STAGES

pytestmark = pytest.mark.django_db


def late_proposal(play):
    """An hour after the end, before the clock came round, an organisation hands in."""
    play.linger(1)
    play.step(play.apply, "jamila")
    play.step(play.move_proposal, "chinara", 0, "replace")


def moved_deadline_back(play):
    """The customer brings the end forward, before its friend's rival is ready."""
    play.step(play.move_call, "aigul", "extend", 24)


def moved_deadline_late(play):
    """The customer puts the end off when it has passed."""
    play.step(play.move_call, "aigul", "extend", 48)


def early_opening(play):
    """The customer closes the call at once, to look."""
    for who in ("aigul", "bakyt", "head"):
        play.step(play.move_call, who, "close")


def applying(play):
    """An organisation hands in; who may read it?"""
    play.step(play.apply, "jamila")


def score_after_lock(play):
    """A member fills another sheet after the decision."""
    play.step(play.score, "bakyt", 1, 10)


def conflict_ignored(play):
    """A member declares an interest and judges all the same."""
    play.step(play.disclose, "bakyt", 1, has_interest=True)
    play.step(play.score, "bakyt", 1, 10)
    play.step(play.move_call, "bakyt", "decide")


def conflict_declared_late(play):
    """A member judges, then declares; the sheet must go."""
    play.step(play.judge, "bakyt", 1, 10)
    play.step(play.disclose, "bakyt", 1, has_interest=True)
    play.step(play.move_call, "bakyt", "decide")


def award(play):
    """The customer awards."""
    play.step(play.move_call, "aigul", "award")


def decide(play):
    """The commission decides after one member changed its mind."""
    play.step(play.judge, "bolot", 5, 9)
    play.step(play.move_call, "bakyt", "decide")


def double_funding(play):
    """The customer calls a second time for the same need."""
    play.step(play.second_call, "aigul", 500_000)


def tranche_twice(play):
    """The customer records one payment, then another for the same tranche."""
    for _time in range(2):
        play.step(play.press_payment, "aigul", "prepare_payment")
        play.step(play.press_payment, "head", "approve_payment")


def one_approver_twice(play):
    """One person prepares a payment and approves it."""
    play.step(play.press_payment, "aigul", "prepare_payment")
    play.step(play.press_payment, "aigul", "approve_payment")


def overpaid_tranche(play):
    """The customer pays more than the tranche."""
    play.step(play.press_payment, "aigul", "prepare_payment", percent=150)
    play.step(play.press_payment, "head", "approve_payment")


def overpaid_plan(play):
    """The customer plans tranches beyond the award."""
    play.step(play.replan, "aigul", Som.of(900_000))
    play.step(play.move_agreement, "aigul", "offer")
    play.step(play.move_agreement, "chinara", "sign")
    play.step(play.pay, "aigul", "head")


def overpaid_draft(play):
    """The customer writes a larger sum into the whole draft."""
    play.step(play.redraft, "aigul", 300)
    play.step(play.move_agreement, "aigul", "offer")
    play.step(play.move_agreement, "chinara", "sign")
    play.step(play.pay, "aigul", "head")


@dataclass(frozen=True)
class Fraud:
    """An attempt, where it begins, the fault that lets it pass, and how it is then named."""

    name: str
    attempt: Any
    stage: str
    plant: Any
    seen_as: str


def _off(name):
    return lambda patch: guard_off(patch, name)


def _turned(function, old, new):
    return lambda patch: turned(patch, function, old, new)


def _all(*plants):
    def plant(patch):
        for one in plants:
            one(patch)

    return plant


ALONE = ("tranche.prepared_by_id in (None, person)", "False")
# Each condition by itself: its text as it stands, and as the fault leaves it.
ANYBODY_MOVES = _turned(engine._is_theirs, "any(actor in roles for actor in move.by)", "True")
ALL_STAND = _turned(proposals._open_proposal, 'exclude(actor="applicant")', 'filter(actor="")')
NOT_SEALED = lambda patch: patch.setattr(access, "SEALED_STAGES", frozenset())  # noqa: E731
NOT_LOCKED = _turned(scoring._require, "not hold_stage(proposal.call.case, *stages) or ", "")
INTEREST_IGNORED = _turned(reviews.require_no_interest, "if declared.has_interest:", "if False:")
SHEET_STAYS = _turned(reviews.declare_interest, "bool(has_interest and ", "bool(False and ")
INTEREST_COUNTS = _turned(ranking.rank, "if not sheet.is_conflicted:", "if True:")
SECOND_WINS = _turned(scoring.settle_proposals, "proposal.rank == 1", "proposal.rank == 2")
WORST_FIRST = _turned(ranking.rank, "other > means[name]", "other < means[name]")
PAYABLE_AGAIN = _turned(
    engine.make, "entered=move.to", f'entered="payable" if move.name == "{PAYING[-1]}" else move.to'
)
OVER_PLANNED = _all(_off("tranches_add_up"), _off("within_award"))
ONE_HAND = _all(_off("another_person"), _turned(money.record_payment, *ALONE))


# Even then the database wants two; so this fault also writes a stranger's name.
def NAMED_STRANGER(patch):  # noqa: N802 - a fault, named as its neighbours
    """Two texts of one function are turned at once."""
    guard_off(patch, "another_person")
    turned(patch, money.record_payment, *ALONE, "approved_by=person", "approved_by=person + 1")


PAID_OVER = _turned(
    money.record_payment, "case=case, paid__isnull=True, prepared_by", "case=case, prepared_by"
)

FRAUDS = (
    Fraud("late", late_proposal, "closing", _off("call_is_open"), "late_proposal"),
    Fraud("back", moved_deadline_back, "open", _off("only_later"), "moved_deadline"),
    Fraud("again", moved_deadline_late, "closing", _off("before_closing"), "moved_deadline"),
    Fraud("closed_early", early_opening, "handed_in", ANYBODY_MOVES, "early_opening"),
    Fraud("standing", applying, "open", ALL_STAND, "early_opening"),
    Fraud("reading", applying, "open", _all(ALL_STAND, NOT_SEALED), "early_opening: aigul"),
    Fraud("lock", score_after_lock, "decided", NOT_LOCKED, "score_after_lock"),
    Fraud("coi", conflict_ignored, "scored", INTEREST_IGNORED, "conflict_ignored"),
    Fraud("coi2", conflict_declared_late, "scored", SHEET_STAYS, "conflict_declared_late"),
    Fraud(
        "coi3",
        conflict_declared_late,
        "scored",
        _all(SHEET_STAYS, _off("no_conflicted_scores"), INTEREST_COUNTS),
        "not_the_best",
    ),
    Fraud("second", award, "complaints_over", SECOND_WINS, "not_the_best"),
    Fraud("order", decide, "scored", WORST_FIRST, "not_the_best"),
    Fraud("double", double_funding, "open", _off("within_measure"), "double_funding"),
    Fraud("twice", tranche_twice, "signed", _all(PAYABLE_AGAIN, PAID_OVER), "tranche_twice"),
    Fraud("alone", one_approver_twice, "signed", NAMED_STRANGER, "one_approver_twice"),
    Fraud("over", overpaid_plan, "awarded", OVER_PLANNED, "overpaid"),
    Fraud("draft", overpaid_draft, "awarded", _off("within_award"), "overpaid"),
)
NAMES = [fraud.name for fraud in FRAUDS]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_is_reached_and_clean(play, stage):
    begun = play(stage)
    begun.step(lambda: None)
    assert begun.found == []


@pytest.mark.parametrize("fraud", FRAUDS, ids=NAMES)
def test_p11_p16_a_fraud_is_refused(play, fraud):
    begun = play(fraud.stage)
    fraud.attempt(begun)
    assert begun.found == []


@pytest.mark.parametrize("fraud", FRAUDS, ids=NAMES)
def test_p11_p16_notices_when_the_guard_is_off(play, monkeypatch, fraud):
    fraud.plant(monkeypatch)
    begun = play(fraud.stage)
    fraud.attempt(begun)
    assert any(found.startswith(fraud.seen_as) for found in begun.found), begun.found


def test_p14_the_database_itself_wants_two_persons(play, monkeypatch):
    ONE_HAND(monkeypatch)
    with pytest.raises(IntegrityError):
        one_approver_twice(play("signed"))


def test_p16_the_database_itself_refuses_too_large_a_payment(play, monkeypatch):
    guard_off(monkeypatch, "paid_as_agreed")
    with pytest.raises(IntegrityError):
        overpaid_tranche(play("signed"))


@pytest.mark.parametrize("plant", [PAYABLE_AGAIN, PAID_OVER])
def test_p15_one_of_two_locks_is_enough(play, monkeypatch, plant):
    plant(monkeypatch)
    begun = play("signed")
    tranche_twice(begun)
    assert begun.found == []
