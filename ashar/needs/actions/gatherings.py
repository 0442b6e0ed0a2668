"""Writes of a gathering: its call, who came, what was proposed, how it voted, what it decided."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction

from ashar.cases.actions import Opening, open_case
from ashar.cases.models import Case
from ashar.cases.queries import procedure_of
from ashar.events.actions import (
    change_event,
    count_ballots,
    write_agenda,
    write_attendance,
    write_suggestions,
)
from ashar.events.choices import EventKind, VotingMethod
from ashar.events.core import HeadCount
from ashar.events.models import Ballot, Event
from ashar.events.queries import present_at
from ashar.journal.actions import deed
from ashar.needs.actions.studies import keep_stage, note, ref_of
from ashar.needs.core import carried
from ashar.needs.models import Gathering, Need, NeedsStudy, NeedVote
from ashar.needs.queries import PROCEDURE, figure, place_words, votes_of
from ashar.parties.models import Account
from ashar.places.models import Territory

PREPARING, ANNOUNCED, HELD = "preparing", "announced", "held"


@dataclass(frozen=True)
class GatheringPlan:
    """Where and when people are called together, about what, and what is put to the vote.

    `agenda` is (Kyrgyz, Russian) by item; without `territory` it is the whole municipality's.
    """

    held_on: date | None = None
    starts_at: time | None = None
    place: str = ""
    agenda: tuple[tuple[str, str], ...] = ()
    needs: tuple[Need, ...] = ()
    method: str = VotingMethod.OPEN
    territory: Territory | None = None
    accessibility: str = ""
    online_link: str = ""
    initiator: str = ""
    channels: str = ""


@dataclass(frozen=True)
class Minutes:
    """Who led and wrote, who counted, and what was decided."""

    chair: str = ""
    secretary: str = ""
    counting: str = ""
    decision_ky: str = ""
    decision_ru: str = ""


@deed
def call_gathering(
    study: NeedsStudy,
    plan: GatheringPlan,
    *,
    by: Account | None,
    now: datetime | None = None,
    once: str = "",
) -> Gathering:
    """Open a gathering that will vote on the ranked needs of the study; raises NotNow before.

    `once` is the reference that the empty form carried: a second click opens no second one.
    """
    keep_stage(study.case, "ranked")
    opened = study.gatherings.filter(event__ref=once).first()
    if opened is not None:
        return opened
    case = open_case(_opening(study.case, plan), by=by, now=now)
    event = Event.objects.create(
        ref=ref_of(once),
        case=case,
        kind=EventKind.GATHERING,
        territory=plan.territory or case.territory,
    )
    gathering = Gathering.objects.create(case=case, event=event, study=study)
    _write_plan(gathering, plan, by=by)
    event.refresh_from_db()
    return gathering


def _opening(case: Case, plan: GatheringPlan) -> Opening:
    """Return how the gathering's case begins, titled by its track and place."""
    words = procedure_of(case).tracks["gathering"].title
    place = place_words(plan.territory or case.territory)
    return Opening(
        procedure=PROCEDURE,
        track="gathering",
        territory=case.territory,
        parent=case,
        title_ky=f"{words.ky}: {place.ky}",
        title_ru=f"{words.ru}: {place.ru}",
    )


@deed
def change_gathering(
    gathering: Gathering, plan: GatheringPlan, *, by: Account | None, version: int | None = None
) -> None:
    """Change a gathering that is not announced yet."""
    keep_stage(gathering.case, PREPARING)
    _write_plan(gathering, plan, by=by, version=version)


def _write_plan(
    gathering: Gathering, plan: GatheringPlan, *, by: Account | None, version: int | None = None
) -> None:
    event = gathering.event
    change_event(
        event,
        by=by,
        version=version,
        held_on=plan.held_on,
        starts_at=plan.starts_at,
        place_text=plan.place,
        accessibility=plan.accessibility,
        online_link=plan.online_link,
        territory=plan.territory or gathering.case.territory,
    )
    gathering.initiator, gathering.channels = plan.initiator, plan.channels
    gathering.save(update_fields=["initiator", "channels"])
    write_agenda(event, plan.agenda, by=by)
    _write_questions(gathering, plan)


def _write_questions(gathering: Gathering, plan: GatheringPlan) -> None:
    """Put each need to the vote as one question, in the order given."""
    event = gathering.event
    event.ballots.all().delete()
    for position, need in enumerate(plan.needs, 1):
        ballot = Ballot.objects.create(
            event=event,
            position=position,
            question_ky=need.title_ky,
            question_ru=need.title_ru,
            method=plan.method,
        )
        NeedVote.objects.create(ballot=ballot, need=need)


@deed
def record_attendance(
    gathering: Gathering,
    counts: Iterable[HeadCount],
    *,
    by: Account | None,
    version: int | None = None,
) -> None:
    """Write down who came, in counts, once the gathering is announced."""
    keep_stage(gathering.case, ANNOUNCED, HELD)
    write_attendance(gathering.event, counts, by=by, version=version)


@deed
def record_votes(
    gathering: Gathering,
    votes: Mapping[int, tuple[int, int, int] | None],
    *,
    by: Account | None,
    version: int | None = None,
) -> None:
    """Write the votes by ballot pk: in favour, against, abstained."""
    keep_stage(gathering.case, HELD)
    count_ballots(gathering.event, votes, by=by, version=version)


@deed
def record_suggestions(
    gathering: Gathering,
    rows: Iterable[Mapping[str, object]],
    *,
    by: Account | None,
    version: int | None = None,
) -> None:
    """Write what people proposed and the answers given: group, text, answer, is_accepted."""
    keep_stage(gathering.case, ANNOUNCED, HELD)
    write_suggestions(gathering.event, rows, by=by, version=version)


@deed
def write_minutes(
    gathering: Gathering, minutes: Minutes, *, by: Account | None, version: int | None = None
) -> None:
    """Write who led the gathering and what it decided, before the vote is confirmed."""
    keep_stage(gathering.case, HELD)
    change_event(gathering.event, by=by, version=version)
    for name in ("chair", "secretary", "counting", "decision_ky", "decision_ru"):
        setattr(gathering, name, getattr(minutes, name))
    gathering.save(update_fields=["chair", "secretary", "counting", "decision_ky", "decision_ru"])
    note("minutes_written", gathering.case, by, {})


@deed
def freeze_votes(gathering: Gathering) -> None:
    """Write for each need whether it got the majority that the charter asks for."""
    majority = figure(gathering.case, "gathering_majority").value
    present = present_at(gathering.event) or 0
    for vote in votes_of(gathering):
        vote.is_carried = isinstance(majority, Fraction) and carried(
            vote.ballot.in_favour or 0, present, majority
        )
        vote.save(update_fields=["is_carried"])
