"""One contest at every stage, all at the same moment, for plays that begin anywhere.

A random sequence of clicks hardly ever reaches a payment; so a play may begin at any stage.
The contests live side by side in one database; what a play does to its own is rolled back.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest import mock

from django.utils import timezone

from ashar.agreements import actions as agreements
from ashar.agreements.models import Agreement
from ashar.calls.models import Call
from ashar.cases.actions import make_move
from ashar.desk.core import COMMISSION
from ashar.indicators.actions import IndicatorText
from ashar.kernel.money import Som
from ashar.programmes.models import MeasureFunding
from tests.agreements import deal
from tests.calls import contest

OPEN_FOR = 20  # days
BUDGET = Som.of(600_000)  # of each measure; a call asks for 500 000 at most
REAL_NOW = timezone.now


class Clock:
    """Time that moves only when told, and a thousandth of a millisecond at each look."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        self.moment += timedelta(microseconds=1)
        return self.moment

    def forward(self, **span: float) -> None:
        self.moment += timedelta(**span)

    @contextmanager
    def running(self):
        with mock.patch("django.utils.timezone.now", self.now):
            yield


def anew(world) -> None:
    """Forget the mandates that an account keeps for the length of one request."""
    for account in world.people.values():
        account.__dict__.pop("_mandates", None)


def _announce(world, clock, call):
    call = contest.prepared(world)
    anew(world)
    MeasureFunding.objects.create(
        measure=call.measure, source="local_own", year=2026, planned=BUDGET
    )
    with mock.patch.object(contest, "measure_of", return_value=call.measure):
        contest.prepared(world)  # a second call for the same need waits in a drawer
    anew(world)
    closes_at = clock.now() + timedelta(days=OPEN_FOR)
    make_move(call.case, "announce", by=world.aigul, answers={"closes_at": closes_at})
    return call


def _hand_in(world, _clock, call):
    contest.handed_in(world, call, "chinara", "bulak")
    contest.handed_in(world, call, "jamila", "meerim", title="Чогуу")


def _close(_world, clock, call):
    make_move(call.case, "close", by=None, now=clock.now())
    make_move(call.case, "open_proposals", by=None, now=clock.now())


def _admit(world, _clock, call):
    contest.admitted(world, *call.proposals.order_by("pk"))
    make_move(call.case, "finish_admission", by=world.bakyt)


def _score(world, _clock, call):
    first, second = call.proposals.order_by("pk")
    contest.scored(world, call, {first: 9, second: 7})


def _decide(world, _clock, call):
    make_move(call.case, "decide", by=world.bakyt)


def _award(world, _clock, call):
    make_move(call.case, "award", by=None)


def agreement_of(call) -> Agreement:
    """The agreement that the award of the call opened."""
    return Agreement.objects.get(proposal__call=call)


def _plan(world, _clock, call):
    agreement, by = agreement_of(call), world.aigul
    rows = [
        IndicatorText("Борборго келген балдар", unit_ky="бала", target=18, counts_people=True),
        IndicatorText("Үйгө барып көрүү", unit_ky="жолу", target=46),
    ]
    agreements.write_results(agreement, rows, by=by)
    today = timezone.localdate()
    plan = agreements.ReportPlan(today - timedelta(days=5), today, today + timedelta(days=2))
    agreements.write_reports(agreement, [plan], by=by)
    agreements.write_tranches(
        agreement,
        [
            agreements.TranchePlan(Som.of(100_000), "signature"),
            agreements.TranchePlan(deal.SHARE - Som.of(100_000), "report", report=1),
        ],
        by=by,
    )


def _sign(world, _clock, call):
    agreement = agreement_of(call)
    make_move(agreement.case, "offer", by=world.aigul, answers={"agreement_number": "7"})
    make_move(agreement.case, "sign", by=world.chinara, answers={"signed_on": timezone.localdate()})


def _wait(days):
    def wait(_world, clock, _call):
        clock.forward(days=days)

    return wait


# Each step of a contest, in order; a contest "at" a stage has taken all steps up to it.
STEPS = {
    "open": _announce,
    "handed_in": _hand_in,
    "closing": _wait(OPEN_FOR),  # the moment has passed, the clock has not come round
    "admission": _close,
    "scoring": _admit,
    "scored": _score,
    "decided": _decide,
    "complaints_over": _wait(10),
    "awarded": _award,
    "planned": _plan,
    "signed": _sign,
}
STAGES = tuple(STEPS)
# Contests that wait together, the longest way first, so that all stand at the same moment.
WAVES = (
    ("complaints_over", "awarded", "planned", "signed"),
    ("closing", "admission", "scoring", "scored", "decided"),
    ("open", "handed_in"),
)


def build(world, clock, stages=STAGES) -> dict[str, Call]:
    """Bring one contest to each of the stages; return them by stage."""
    found: dict[str, Call] = {}
    for wave in WAVES:
        goals = [stage for stage in wave if stage in stages]
        waiting: dict[str, Call | None] = dict.fromkeys(goals)
        for step, take in STEPS.items():
            going = [goal for goal in goals if STAGES.index(goal) >= STAGES.index(step)]
            if step in ("closing", "complaints_over"):
                if going:
                    take(world, clock, None)
                continue
            for goal in going:
                anew(world)
                call = waiting[goal]
                if call is not None:
                    call = Call.objects.select_related("case", "measure").get(pk=call.pk)
                waiting[goal] = take(world, clock, call) or call
        found.update(waiting)
    anew(world)
    return found


def members(world):
    """The commission, by name."""
    return [world.people[name] for name in COMMISSION]
