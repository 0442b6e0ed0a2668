"""Reads of the desk: what waits for this person, what waits for others, by when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

from django.db.models import F, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from ashar.cases.models import Case, CaseParty
from ashar.cases.queries import language, law, procedure_of, roles_of, standing_for
from ashar.parties.access import mandates_of, type_user

PAGE = 30
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
