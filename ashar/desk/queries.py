"""Reads of the desk: what waits for this person, what waits for others, by when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ashar.calls.models import Call, Proposal
from ashar.calls.queries.opening import holder_of, waits_for
from ashar.cases.models import Case, CaseParty
from ashar.cases.queries import (
    language,
    law,
    procedure_of,
    roles_of,
    stage_of,
    standing_for,
    track_of,
)
from ashar.parties.access import mandates_of, type_user
from ashar.parties.choices import MandateRole
from ashar.parties.models import Mandate
from ashar.reviews.models import Disclosure, Review
from ashar.seals.queries import live_key_of

PAGE = 30
ORDER = ("late", "week", "later", "open")
CLERKS = (MandateRole.SPECIALIST, MandateRole.HEAD)
DAYS_OF_WEEK = 7


@dataclass(frozen=True)
class TaskMove:
    """One thing the person can do: its page, and the article under which it is done."""

    title: str
    url: str
    cite: str


@dataclass(frozen=True)
class Task:
    """A case that waits for the person: what can be done, under which article, by when."""

    case: Case
    track_title: str
    stage_title: str
    moves: tuple[TaskMove, ...]
    when: str

    @property
    def cites(self) -> tuple[str, ...]:
        """The articles of everything that can be done, each once."""
        return tuple(dict.fromkeys(move.cite for move in self.moves if move.cite))


def when_due(due_at: datetime | None, now: datetime) -> str:
    """Return where a deadline belongs: late, this week (until Sunday night), later, or never."""
    if due_at is None:
        return "open"
    if due_at <= now:
        return "late"
    today = timezone.localdate(now)
    sunday = today + timedelta(days=DAYS_OF_WEEK - 1 - today.weekday())
    return "week" if timezone.localdate(due_at) <= sunday else "later"


@cache
def _stages_by_actor() -> dict[tuple[str, str, str, str], frozenset[str]]:
    """Return in which stages each actor has a move, by procedure, edition, track and actor."""
    found: dict[tuple[str, str, str, str], set[str]] = defaultdict(set)
    for key in law().keys():  # noqa: SIM118 - a method of the library, not of a dict
        for edition in law().editions(key):
            for track in law().procedure(key, edition).tracks.values():
                for stage in track.stages.values():
                    for actor in {actor for move in stage.moves.values() for actor in move.by}:
                        found[key, edition.isoformat(), track.name, actor].add(stage.name)
    return {key: frozenset(stages) for key, stages in found.items()}


def _actors_of(user: type_user) -> frozenset[str]:
    """Return the actors as whom the person's mandates let him stand anywhere."""
    roles = {mandate.role for mandate in mandates_of(user)}
    return frozenset(
        actor.key
        for key in law().keys()  # noqa: SIM118 - as above
        for edition in law().editions(key)
        for actor in law().procedure(key, edition).actors.values()
        if roles & set(actor.mandates)
    )


def waiting_for(user: type_user) -> QuerySet[Case]:
    """Return the running cases in which the person has a move at the present stage."""
    organisations = [mandate.organisation_id for mandate in mandates_of(user)]
    actors = _actors_of(user)
    by_actor: dict[str, Q] = defaultdict(lambda: Q(pk__in=[]))
    for (procedure, edition, track, actor), stages in _stages_by_actor().items():
        if actor in actors:
            by_actor[actor] |= Q(
                procedure=procedure, edition=edition, track=track, stage__in=stages
            )
    # The parties are looked up once for each actor, not for each track of each edition.
    condition = Q(pk__in=[])
    for actor, stands in by_actor.items():
        parties = CaseParty.objects.filter(organisation_id__in=organisations, actor=actor)
        condition |= stands & Q(pk__in=parties.values("case_id"))
    return (
        Case.objects.running()
        .filter(condition, source="")
        .order_by(F("due_at").asc(nulls_last=True), "since", "pk")
    )


def with_parties(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Return the cases with their place and parties, in a fixed number of queries."""
    return cases.select_related("territory").prefetch_related(
        Prefetch("parties", CaseParty.objects.select_related("organisation"))
    )


def task(case: Case, user: type_user) -> Task:
    """Return the case as a line of the desk."""
    tongue = language()
    track = procedure_of(case).tracks[case.track]
    stage = track.stages[case.stage]
    roles = set(roles_of(case, user))
    moves = tuple(
        TaskMove(
            title=move.title.say(tongue),
            url=reverse("cases:move", args=(case.ref, move.name)),
            cite=move.cite.say(law(), tongue) if move.cite else "",
        )
        for move in stage.moves.values()
        if roles & set(move.by)
    )
    return Task(
        case=case,
        track_title=track.title.say(tongue),
        stage_title=stage.title.say(tongue),
        moves=moves,
        when=when_due(case.due_at, timezone.now()),
    )


def waiting_for_others(user: type_user) -> QuerySet[Case]:
    """Return the person's running cases in which somebody else has the next move."""
    mine = waiting_for(user).values("pk")
    return standing_for(user).running().filter(source="").exclude(pk__in=mine).order_by("-since")


def chores_of(user: type_user) -> list[Task]:
    """Return what waits for the person and is no move: sheets, declarations, questions."""
    mandates = mandates_of(user)
    sheets = [_sheets_task(call) for call in _calls_to_score(mandates)]
    sheets += [_opening_task(call) for call in _calls_to_open(mandates)]
    sheets += [_seal_task(call) for call in _calls_without_seal(mandates)]
    return [*sheets, *(_questions_task(call) for call in _calls_with_questions(mandates))]


def with_chores(tasks: list[Task], chores: list[Task]) -> list[Task]:
    """Return the tasks with the chores: on the line of their own case, else as new lines."""
    found = {task.case.pk: task for task in tasks}
    for chore in chores:
        known = found.get(chore.case.pk)
        found[chore.case.pk] = (
            replace(known, moves=(*chore.moves, *known.moves)) if known else chore
        )
    return sorted(found.values(), key=lambda task: ORDER.index(task.when))


def _calls_to_score(mandates: list[Mandate]) -> QuerySet[Call]:
    """Return the calls in scoring where the member has still to declare or to score."""
    seats = [one for one in mandates if one.role == MandateRole.MEMBER]
    if not seats:
        return Call.objects.none()
    mine = {"case_id": OuterRef("case_id"), "member_id": seats[0].person_id}
    admitted = Proposal.objects.filter(call=OuterRef("pk"), case__stage="admitted")
    undeclared = admitted.exclude(Exists(Disclosure.objects.filter(**mine)))
    unscored = admitted.exclude(
        Exists(Disclosure.objects.filter(**mine, has_interest=True))
    ).exclude(Exists(Review.objects.filter(**mine, submitted_at__isnull=False)))
    return (
        Call.objects.filter(
            commission__in=[one.organisation_id for one in seats],
            case__stage="scoring",
            case__source="",
        )
        .annotate(undeclared=_number_of(undeclared), unscored=_number_of(unscored))
        .filter(unscored__gt=0)
        .select_related("case__territory")
        .order_by("pk")
    )


def _calls_to_open(mandates: list[Mandate]) -> list[Call]:
    """Return the calls whose sealed proposals wait for this member."""
    seats = [one for one in mandates if one.role == MandateRole.MEMBER]
    if not seats:
        return []
    rows = Call.objects.filter(
        commission__in=[one.organisation_id for one in seats],
        case__stage="opening",
        case__sealing__holders__key__person=seats[0].person_id,
    ).select_related("case__territory")
    return [
        call
        for call in rows.order_by("pk")
        if (holder := holder_of(call, seats[0].person)) and waits_for(call, holder)
    ]


def _calls_without_seal(mandates: list[Mandate]) -> QuerySet[Call]:
    """Return the calls in preparation for which this member should make a seal."""
    seats = [one for one in mandates if one.role == MandateRole.MEMBER]
    if not seats or live_key_of(seats[0].person):
        return Call.objects.none()
    return (
        Call.objects.filter(
            commission__in=[one.organisation_id for one in seats],
            case__stage="preparing",
            case__source="",
        )
        .select_related("case__territory")
        .order_by("pk")
    )


def _number_of(proposals: QuerySet[Proposal]) -> Coalesce:
    counted = proposals.order_by().values("call").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _calls_with_questions(mandates: list[Mandate]) -> QuerySet[Call]:
    """Return the open calls of the clerk's office in which a question is not answered yet."""
    offices = [one.organisation_id for one in mandates if one.role in CLERKS]
    if not offices:
        return Call.objects.none()
    ordered = CaseParty.objects.filter(organisation_id__in=offices, actor="customer")
    return (
        Call.objects.filter(case__in=ordered.values("case_id"), case__stage="open", case__source="")
        .annotate(unanswered=Count("questions", filter=Q(questions__answer="")))
        .filter(unanswered__gt=0)
        .select_related("case__territory")
        .order_by("pk")
    )


def _chore(case: Case, *moves: TaskMove) -> Task:
    tongue = language()
    return Task(
        case=case,
        track_title=track_of(case).title.say(tongue),
        stage_title=stage_of(case).title.say(tongue),
        moves=moves,
        when=when_due(case.due_at, timezone.now()),
    )


def _sheets_task(call: Call) -> Task:
    undeclared, unscored = call.undeclared, call.unscored  # type: ignore[attr-defined]
    url = reverse("calls:scoring", args=(call.case.ref,))
    declare = ngettext(
        "Say whether you have an interest: %(count)s proposal",
        "Say whether you have an interest: %(count)s proposals",
        undeclared,
    ) % {"count": undeclared}
    score = ngettext(
        "Hand in your sheets: %(count)s left", "Hand in your sheets: %(count)s left", unscored
    ) % {"count": unscored}
    moves = [TaskMove(declare, url, "")] if undeclared else []
    return _chore(call.case, *moves, TaskMove(score, url, ""))


def _opening_task(call: Call) -> Task:
    url = reverse("calls:opening", args=(call.case.ref,))
    return _chore(call.case, TaskMove(_("Open the proposals with your seal"), url, ""))


def _seal_task(call: Call) -> Task:
    return _chore(call.case, TaskMove(_("Make your seal"), reverse("seals:my_key"), ""))


def _questions_task(call: Call) -> Task:
    number = call.unanswered  # type: ignore[attr-defined]
    said = ngettext(
        "Answer the question about the contest: %(count)s",
        "Answer the questions about the contest: %(count)s",
        number,
    ) % {"count": number}
    return _chore(call.case, TaskMove(said, f"{call.get_absolute_url()}#questions", ""))
