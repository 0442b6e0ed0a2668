"""P13: nobody makes a quorum by sending members of the commission home."""

from __future__ import annotations

import pytest

from ashar.calls import actions, facts
from ashar.cases.actions import make_move
from ashar.desk.core import COMMISSION
from ashar.parties.actions import end_mandate
from ashar.parties.models import Mandate
from ashar.procedures.reasons import Refused
from tests.calls import contest

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]


def refused_to_those_left(world):
    """Two members decide after a clerk alone ended the mandates of the others: what is said."""
    call, *proposals = contest.in_scoring(world)
    for name in COMMISSION[:2]:
        account = world.people[name]
        for proposal in proposals:
            contest.declared(proposal, account)
            actions.score(proposal, member=account.person, marks=contest.marks(7), by=account)
    left = {world.people[name].person_id for name in COMMISSION[:2]}
    for mandate in Mandate.objects.filter(organisation=call.commission).exclude(person_id__in=left):
        end_mandate(mandate, reason="Иштен кетти", by=world.aigul)
    try:
        make_move(call.case, "decide", by=world.bakyt)
    except Refused as refused:
        return [one.reason.key for one in refused.refusals]
    return []


def test_p13_those_left_over_are_no_quorum(world):
    assert refused_to_those_left(world) == ["quorum"]


def test_p13_notices_when_only_those_left_are_counted(world, monkeypatch):
    monkeypatch.setattr(facts, "members_at_announcement", lambda _call: 0)
    assert refused_to_those_left(world) == []
