"""P6: a clock set back cannot let a late proposal in."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from ashar.cases.actions import Opening, make_move, open_case
from ashar.journal import actions as journal
from ashar.journal.queries import clock
from ashar.procedures.reasons import Refused
from tests.people import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def study():
    world = build_world()
    opening = Opening(
        "needs_study", "study", world.aimak, parties={"municipality": world.bodies["okmotu"]}
    )
    return open_case(opening, by=world.aigul), world


def set_back(monkeypatch):
    real = clock.server_now
    monkeypatch.setattr(clock, "server_now", lambda: real() - timedelta(hours=2))


def reasons(study):
    case, world = study
    with pytest.raises(Refused) as refused:
        make_move(case, "begin", by=world.aigul, now=timezone.now())
    return [one.reason.key for one in refused.value.refusals]


def test_p6_no_decision_is_recorded_while_the_clock_is_behind(study, monkeypatch):
    set_back(monkeypatch)
    assert reasons(study) == ["clock_set_back"]


def test_p6_planted_without_the_look_at_the_clock_nothing_is_refused_for_it(study, monkeypatch):
    set_back(monkeypatch)
    monkeypatch.setattr(journal, "clock_was_set_back", lambda: False)
    assert "clock_set_back" not in reasons(study)
