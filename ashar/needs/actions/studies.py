"""Writes of a needs study: its plan, its focus groups and surveys, its frozen ranking."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F

from ashar.cases.actions import (
    MovedMeanwhile,
    Opening,
    hold_stage,
    open_case,
    record_past_case,
)
from ashar.cases.models import Case
from ashar.events.actions import ChangedMeanwhile, change_event, write_attendance
from ashar.events.choices import EventKind
from ashar.events.core import HeadCount
from ashar.events.models import Event
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.kernel.ids import new_ref
from ashar.needs.core import ranking
from ashar.needs.models import Answer, Need, NeedsStudy
from ashar.needs.queries import PROCEDURE, ungrouped_answers, voices_of
from ashar.parties.models import Account, Organisation
from ashar.places.models import Territory

COLLECTING = "collecting"
_REF = re.compile(r"[0-9A-Z]{4}-[0-9A-Z]{5}", re.ASCII)
OPEN_FOR_PLAN = ("planning", COLLECTING)


class NotNow(Exception):
    """The stage of the case does not allow this change any more, or not yet."""


@dataclass(frozen=True)
class StudyPlan:
    """How a study is to be done: villages, days, method, weights of the groups."""

    title_ky: str
    title_ru: str = ""
    villages: tuple[Territory, ...] = ()
    starts_on: date | None = None
    ends_on: date | None = None
    method: str = ""
    weights: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Session:
    """A focus group or a household survey: where, when, who came, what was answered.

    `answers` are the people's own words, each with how many said so.
    """

    kind: str
    village: Territory
    held_on: date
    counts: tuple[HeadCount, ...]
    answers: tuple[tuple[str, int], ...]
    group: str = ""
    note: str = ""


@dataclass(frozen=True)
class PastNeed:
    """A need as a source of the archive names it; place unknown when the source gives none."""

    topic: str
    title_ky: str
    title_ru: str
    position: int | None = None
    note: str = ""


def keep_stage(case: Case, *stages: str) -> None:
    """Hold the case at one of these stages until the transaction ends; raises NotNow."""
    if not hold_stage(case, *stages):
        raise NotNow


def ref_of(once: str) -> str:
    """Return the reference a form carried, if it can be one and is free; else a new one."""
    is_free = bool(_REF.fullmatch(once)) and not Event.objects.filter(ref=once).exists()
    return once if is_free else new_ref()


def claim_study(study: NeedsStudy, version: int | None) -> None:
    """Take the next version of the study; raises ChangedMeanwhile when it is not as was read."""
    rows = NeedsStudy.objects.filter(pk=study.pk)
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(version=F("version") + 1):
        raise ChangedMeanwhile
    study.refresh_from_db(fields=["version"])


def note(action: str, case: Case, by: Account | None, data: Mapping[str, object]) -> None:
    """Write the line of the journal under the case."""
    journal.write(action, subject=f"case:{case.ref}", case_ref=case.ref, by=by, data=dict(data))


@deed
def open_study(
    office: Organisation, plan: StudyPlan, *, by: Account | None, now: datetime | None = None
) -> NeedsStudy:
    """Open a needs study in the municipality of this office; the office runs it."""
    if office.territory is None:
        raise NotNow
    opening = Opening(
        procedure=PROCEDURE,
        track="study",
        territory=office.territory,
        title_ky=plan.title_ky,
        title_ru=plan.title_ru,
        parties={"municipality": office},
    )
    case = open_case(opening, by=by, now=now)
    study = NeedsStudy.objects.create(
        case=case,
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
        method=plan.method,
        group_weights=dict(plan.weights),
    )
    study.villages.set(plan.villages)
    return study


@deed
def change_study(
    study: NeedsStudy, plan: StudyPlan, *, by: Account | None, version: int | None = None
) -> None:
    """Change the plan of a study whose ranking is not frozen yet."""
    keep_stage(study.case, *OPEN_FOR_PLAN)
    claim_study(study, version)
    Case.objects.filter(pk=study.case_id).update(
        title_ky=plan.title_ky[:300], title_ru=plan.title_ru[:300]
    )
    study.starts_on, study.ends_on = plan.starts_on, plan.ends_on
    study.method, study.group_weights = plan.method, dict(plan.weights)
    study.save(update_fields=["starts_on", "ends_on", "method", "group_weights"])
    study.villages.set(plan.villages)
    note("study_changed", study.case, by, {"weights": dict(plan.weights)})


def _reopen_ranking(study: NeedsStudy) -> None:
    """Forget a ranking frozen before the study went back to collecting."""
    study.needs.filter(position__isnull=False).update(position=None, score=None)


@deed
def record_session(
    study: NeedsStudy, session: Session, *, by: Account | None, once: str = ""
) -> Event:
    """Write down a focus group or a household survey of the study.

    `once` is the reference that the empty form carried: a second click finds what the first
    one wrote and counts nobody twice.
    """
    keep_stage(study.case, COLLECTING)
    written = Event.objects.filter(case=study.case, ref=once).first()
    if written is not None:
        return written
    _reopen_ranking(study)
    event = Event.objects.create(
        ref=ref_of(once),
        case=study.case,
        kind=session.kind,
        territory=session.village,
        held_on=session.held_on,
        group=session.group if session.kind == EventKind.FOCUS_GROUP else "",
        note=session.note,
    )
    write_attendance(event, session.counts, by=by)
    _write_answers(event, session.answers)
    event.refresh_from_db()
    return event


@deed
def change_session(
    study: NeedsStudy,
    event: Event,
    session: Session,
    *,
    by: Account | None,
    version: int | None = None,
) -> None:
    """Correct a session; answers whose words stay the same stay under their need."""
    keep_stage(study.case, COLLECTING)
    _reopen_ranking(study)
    change_event(
        event,
        by=by,
        version=version,
        kind=session.kind,
        territory=session.village,
        held_on=session.held_on,
        group=session.group if session.kind == EventKind.FOCUS_GROUP else "",
        note=session.note,
    )
    write_attendance(event, session.counts, by=by)
    _write_answers(event, session.answers)


def _write_answers(event: Event, answers: Iterable[tuple[str, int]]) -> None:
    """Write the answers anew; the same words stay under the need they were under."""
    grouped = dict(event.answers.values_list("text", "need_id"))
    event.answers.all().delete()
    Answer.objects.bulk_create(
        Answer(event=event, text=text, mentions=mentions, need_id=grouped.get(text))
        for text, mentions in answers
    )


@deed
def remove_session(study: NeedsStudy, event: Event, *, by: Account | None) -> None:
    """Remove a session entered by mistake, with its counts and answers."""
    keep_stage(study.case, COLLECTING)
    _reopen_ranking(study)
    data = {"event": event.ref, "kind": event.kind, "answers": event.answers.count()}
    event.answers.all().delete()
    event.delete()
    note("session_removed", study.case, by, data)


@deed
def freeze_ranking(study: NeedsStudy) -> None:
    """Write the place and the score of every need that somebody named.

    Raises MovedMeanwhile when an answer came in after the condition was looked at.
    """
    if ungrouped_answers(study).exists():
        raise MovedMeanwhile
    _reopen_ranking(study)
    for placed in ranking(voices_of(study), study.group_weights):
        Need.objects.filter(pk=int(placed.need)).update(
            position=placed.place, score=placed.thousandths
        )


@deed
def record_past_study(
    opening: Opening,
    *,
    source: str,
    period: str,
    needs: Iterable[PastNeed] = (),
    participants: int | None = None,
    stage: str = "concluded",
) -> NeedsStudy:
    """Enter a study made before this system, as its source gives it; nothing is made up."""
    case = record_past_case(opening, stage=stage, source=source, period=period)
    study = NeedsStudy.objects.create(case=case)
    Need.objects.bulk_create(
        Need(
            study=study,
            topic=past.topic,
            title_ky=past.title_ky,
            title_ru=past.title_ru,
            search_key=Need.key_for(past.title_ky, past.title_ru),
            position=past.position,
            archive_note=past.note,
        )
        for past in needs
    )
    if participants is not None:
        Event.objects.create(
            case=case,
            kind=EventKind.FOCUS_GROUP,
            territory=case.territory,
            present_total=participants,
            note=source,
        )
    return study
