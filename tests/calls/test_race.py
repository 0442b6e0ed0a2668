"""Two connections at the same moment: one outcome, never half of one."""

from __future__ import annotations

from threading import Barrier, Event, Thread
from time import sleep

import pytest
from django.db import connection, connections, transaction

from ashar.calls import actions
from ashar.calls.models import Submission
from ashar.cases.actions import MovedMeanwhile, make_move
from ashar.cases.models import Case
from ashar.desk.core import COMMISSION
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


@pytest.mark.postgres
@pytest.mark.usefixtures("_no_papers")
@pytest.mark.django_db(transaction=True)
def test_a_sheet_saved_while_the_commission_decides_is_counted_or_refused():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time: the two cannot meet")
    world = build_world()
    call, first, second = contest.in_scoring(world)
    contest.scored(world, call, {first: 9, second: 6})
    saved, deciding = Event(), Event()

    def change_a_sheet():
        try:
            with transaction.atomic():
                for account in (world.people[name] for name in COMMISSION):
                    actions.score(first, member=account.person, marks=contest.marks(1), by=account)
                saved.set()
                deciding.wait(10)
                sleep(0.3)  # time enough for a decision that does not wait
        finally:
            connections.close_all()

    def decide():
        try:
            saved.wait(10)
            deciding.set()
            make_move(call.case, "decide", by=world.bakyt)
        finally:
            connections.close_all()

    threads = [Thread(target=change_a_sheet), Thread(target=decide)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    ranks = dict(call.proposals.values_list("applicant__name_ky", "rank"))
    assert ranks == {first.applicant.name_ky: 2, second.applicant.name_ky: 1}
