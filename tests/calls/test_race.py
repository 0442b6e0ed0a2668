"""Handing in and closing at the same moment, by two connections: one outcome, never half of one."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from ashar.calls import actions
from ashar.calls.models import Submission
from ashar.cases.actions import MovedMeanwhile, make_move
from ashar.cases.models import Case
from ashar.procedures.engine import Refused
from tests.calls import contest
from tests.people import build_world


@pytest.mark.postgres
@pytest.mark.usefixtures("_no_papers")
@pytest.mark.django_db(transaction=True)
def test_a_proposal_is_handed_in_whole_or_not_at_all():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time: the two cannot meet")
    world = build_world()
    call = contest.announced(world)
    proposal = actions.start_proposal(call, organisation=world.bodies["bulak"], by=world.chinara)
    actions.save_draft(proposal, typed=contest.TYPED, by=world.chinara)
    start, refusals = Barrier(2), []

    def together(work):
        try:
            start.wait()
            work()
        except (MovedMeanwhile, Refused) as refused:
            refusals.append(refused)
        finally:
            connections.close_all()

    threads = [
        Thread(
            target=together, args=(lambda: make_move(proposal.case, "submit", by=world.chinara),)
        ),
        Thread(target=together, args=(lambda: contest.closed(call),)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    fresh = Case.objects.get(pk=proposal.case_id)
    actors = set(fresh.parties.values_list("actor", flat=True))
    outcome = (fresh.stage, Submission.objects.count(), "commission" in actors, len(refusals))
    assert outcome in {("submitted", 1, True, 0), ("lapsed", 0, False, 1)}
