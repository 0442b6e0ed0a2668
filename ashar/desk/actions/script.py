"""The script of the demonstration: which scenes are played for which stage."""

from __future__ import annotations

from collections.abc import Callable

from ashar.calls.models import Call
from ashar.cases.models import Case
from ashar.desk.actions.cast import Stage
from ashar.desk.actions.delivery import Delivery
from ashar.desk.actions.demonstration import Demonstration

STAGES = (
    "study",
    "gathering",
    "programme",
    "call",
    "admission",
    "scoring",
    "decided",
    "agreement",
    "report",
    "complete",
)
Tell = Callable[[str], object]


def is_there() -> bool:
    """Say whether the demonstration was built before."""
    return Case.objects.filter(territory__is_demonstration=True).exists()


def real_cases() -> int:
    """Return how many cases are real work: neither the demonstration's nor the archive's."""
    return Case.objects.filter(territory__is_demonstration=False, source="").count()


def play(scene: Stage, stage: str, *, tell: Tell) -> None:
    """Play the chain of the day centre up to the stage; the complete one has calls beside it."""
    show = Demonstration(scene)
    last = STAGES.index(stage)
    tell("needs study")
    show.study_needs()
    if last >= STAGES.index("gathering"):
        tell("gathering and vote")
        show.hold_gathering()
    if last >= STAGES.index("programme"):
        tell("programme approved by the kenesh")
        show.approve_programme()
    if last >= STAGES.index("call"):
        _contest(show, stage, tell=tell)
    if stage == "complete":
        tell("other calls: one being scored, one open")
        _other_calls(show)


def _contest(show: Demonstration, stage: str, *, tell: Tell) -> None:
    """Play the contest of the day centre up to the stage; an early stage plays it today."""
    last = STAGES.index(stage)
    if stage == "call":
        tell("call open for proposals")
        _announced(show, "day_centre_children", announced=5, open_for=30)
        return
    tell("call and proposals")
    call = _announced(show, "day_centre_children", announced=170, open_for=25)
    show.close(call, 144)
    if last >= STAGES.index("scoring"):
        tell("admission")
        show.admit(call, 142)
        show.disclose(call, 141)
    if last >= STAGES.index("decided"):
        tell("scores, protocol, complaint")
        show.score(call, 140)
        show.decide(call, 138)
        show.complain(call, 136)
    if last >= STAGES.index("agreement"):
        tell("award and agreement")
        show.award(call, 128)
        delivery = Delivery(show, call)
        delivery.sign()
        if last >= STAGES.index("report"):
            tell("reports and payment")
            delivery.report_and_pay()
        if last >= STAGES.index("complete"):
            tell("monitoring and evaluation")
            delivery.monitor()
            delivery.evaluate()


def _announced(show: Demonstration, topic: str, *, announced: int, open_for: int) -> Call:
    """Announce a call; three organisations hand in their proposals, one replaces its own."""
    call = show.announce(show.prepare_call(topic, announced + 3), announced, open_for)
    show.propose(call, "bulak", "chinara", announced - 3)
    show.propose(call, "meerim", "jamila", announced - 3)
    show.propose(call, "demilge", "murat", announced - 4)
    return call


def _other_calls(show: Demonstration) -> None:
    """Leave one call half scored and one open, so that every desk has something to do."""
    scoring = _announced(show, "kindergarten", announced=40, open_for=25)
    show.close(scoring, 14)
    show.admit(scoring, 12)
    show.disclose(scoring, 11)
    show.score(scoring, 10, members=2)
    _announced(show, "youth_centre", announced=6, open_for=40)
