"""P11: two clients at the closing moment, a thousandth of a second before it and after."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ashar.calls.models import Submission
from tests.trust.planted import guard_off

pytestmark = pytest.mark.django_db
NEEDED = ("handed_in",)
MILLISECOND = 1000  # microseconds


def at_the_end(hall, offset, *, closing_first):
    """An organisation hands in anew while the clock closes the call; return what stands."""
    begun, undo = hall.enter("handed_in")
    call, proposal = begun.call, begun.proposal(0)
    begun.clock.moment = call.closes_at + timedelta(microseconds=offset)
    deeds = [
        lambda: begun.step(begun.move_proposal, "chinara", 0, "replace"),
        lambda: begun.step(begun.wait, 0),
    ]
    for deed in reversed(deeds) if closing_first else deeds:
        deed()
    begun.step(begun.wait, 1)
    kept = Submission.objects.filter(proposal=proposal).count()
    outcome = begun.found, kept == 2, begun.call.case.stage
    undo()
    return outcome


def moments(count):
    """Moments from a millisecond before to a millisecond after, none of them the end itself."""
    step = 2 * MILLISECOND // count
    return [offset for offset in range(-MILLISECOND, MILLISECOND + 1, step) if abs(offset) > 20]


def wrong(hall, count):
    """Return every moment at which the outcome is not the one the closing moment demands."""
    outcomes = [
        (offset, order, at_the_end(hall, offset, closing_first=order))
        for offset in moments(count)
        for order in (False, True)
    ]
    return [
        one
        for one in outcomes
        for offset, order, (found, is_kept, stage) in [one]
        # The clock reads the time after the applicant did, so before the end it closes nothing.
        if found or stage != "admission" or is_kept != (offset < 0)
    ]


def test_p11_nothing_late_is_accepted_in_the_last_millisecond(hall):
    assert wrong(hall, 8) == []


@pytest.mark.trust
def test_p11_nothing_late_is_accepted_two_hundred_times(hall):
    assert wrong(hall, 100) == []


def test_p11_notices_when_the_end_is_not_looked_at(hall, monkeypatch):
    guard_off(monkeypatch, "call_is_open")
    assert wrong(hall, 8) != []
