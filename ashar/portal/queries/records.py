"""Everything published of a place, read in a fixed number of queries however long its history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, Sum

from ashar.agreements.models import Agreement, AgreementFunding, SurveyResult
from ashar.calls.models import Call
from ashar.cases.models import Case
from ashar.events.models import Attendance, Event
from ashar.indicators.models import Indicator, Observation
from ashar.needs.models import Gathering, Need, NeedVote
from ashar.places.models import Territory
from ashar.programmes.models import Measure

# The subject of each track of the chain, as its case names it, with what the page says of it.
SUBJECTS = {
    "study": "needs_study",
    "gathering": "gathering",
    "call": "call",
    "agreement": "agreement",
    "tranche": "tranche",
    "report": "report",
    "visit": "monitoring_visit",
    "finding": "finding",
    "evaluation": "evaluation",
}
FURTHER = (
    "agreement__contractor",
    "agreement__proposal",
    "gathering__event",
    "monitoring_visit__event",
)
Rows = dict[int, list[Any]]


@dataclass(frozen=True)
class Records:
    """The published records of one place, each found by the record above it."""

    subjects: dict[str, list[Any]]  # by track, oldest first; each with its `case`
    needs: list[Need]
    measures: Rows  # by need
    indicators: Rows  # by case
    funding: Rows  # by agreement
    surveys: Rows  # by evaluation
    people: dict[int, int]  # by case: who took part, where somebody counted

    @property
    def agreements(self) -> list[Agreement]:
        """Every published agreement of the place."""
        return self.subjects["agreement"]

    def under(self, track: str, name: str, pk: int) -> list[Any]:
        """Return the subjects of the track whose relation of this name leads to the record."""
        return [one for one in self.subjects[track] if getattr(one, f"{name}_id") == pk]


def grouped(rows: Iterable[Any], name: str) -> Rows:
    """Return the rows by the value of one of their columns."""
    found: Rows = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return found


def records_of(place: Territory) -> Records:
    """Read everything published of the place."""
    subjects = _subjects(place)
    agreements = subjects["agreement"]
    evaluations = [one.pk for one in subjects["evaluation"]]
    return Records(
        subjects=subjects,
        needs=_needs(place),
        measures=_measures(place),
        indicators=_indicators([one.case_id for one in (*agreements, *subjects["study"])]),
        funding=grouped(
            AgreementFunding.objects.filter(agreement__in=agreements).order_by("source"),
            "agreement_id",
        ),
        surveys=grouped(
            SurveyResult.objects.filter(evaluation__in=evaluations).order_by("pk"),
            "evaluation_id",
        ),
        people=participants_of([one.case for one in subjects["study"]]),
    )


def _subjects(place: Territory) -> dict[str, list[Any]]:
    """Read every public case of the chain with its subject, in one query.

    Of a tranche only the page of its agreement is public: it is read with the agreement.
    """
    public = Q(is_public=True) | Q(track="tranche", parent__is_public=True)
    cases = (
        Case.objects.filter(public, territory=place, track__in=SUBJECTS)
        .select_related(*SUBJECTS.values(), *FURTHER)
        .order_by("opened_at", "pk")
    )
    found: dict[str, list[Any]] = {track: [] for track in SUBJECTS}
    for case in cases:
        subject = getattr(case, SUBJECTS[case.track], None)
        if subject is not None:
            found[case.track].append(subject)
    return found


def _needs(place: Territory) -> list[Need]:
    # Once people are called to a gathering, everybody may read what they will vote on.
    called = Gathering.objects.filter(study=OuterRef("study"), case__is_public=True)
    counted = NeedVote.objects.filter(ballot__in_favour__isnull=False).select_related("ballot")
    return list(
        Need.objects.filter(
            Q(study__case__is_public=True) | Q(Exists(called), position__isnull=False),
            study__case__territory=place,
        )
        .select_related("study__case", "outcome")
        .prefetch_related(Prefetch("votes", counted))
        .order_by("-study__case__opened_at", "position", "pk")
    )


def _measures(place: Territory) -> Rows:
    return grouped(
        Measure.objects.filter(
            programme__case__territory=place, programme__case__is_public=True
        ).select_related("programme__case"),
        "need_id",
    )


def _indicators(cases: Sequence[int]) -> Rows:
    """Read the results tables of the cases with what published reports saw."""
    seen = Observation.objects.filter(replaced_by__isnull=True, case__is_public=True)
    return grouped(
        Indicator.objects.filter(case__in=cases).prefetch_related(Prefetch("observations", seen)),
        "case_id",
    )


def participants_of(cases: Sequence[Case]) -> dict[int, int]:
    """Return how many people took part in the events of each case; unknown ones are absent."""
    of_cases = Q(event__case__in=cases)
    counted = dict(
        Attendance.objects.filter(of_cases)
        .values_list("event__case_id")
        .annotate(people=Sum("number"))
        .values_list("event__case_id", "people")
    )
    stated = dict(
        Event.objects.filter(case__in=cases, present_total__isnull=False)
        .values_list("case_id")
        .annotate(people=Sum("present_total"))
        .values_list("case_id", "people")
    )
    return {**counted, **stated}


def announced_gatherings(records: Records) -> list[Gathering]:
    """Return the published gatherings to which people are called, soonest first."""
    called = [one for one in records.subjects["gathering"] if one.case.stage == "announced"]
    return sorted(called, key=lambda one: (one.event.held_on is None, one.event.held_on))


def open_calls(place: Territory | None) -> list[Call]:
    """Return the calls open for proposals, in a place or the whole country, soonest first."""
    found = Call.objects.filter(case__is_public=True, case__stage="open")
    if place is not None:
        found = found.filter(case__territory__path__startswith=place.path)
    return list(found.select_related("case__territory__parent").order_by("closes_at")[:12])
