"""What a place's page shows beside its chain: people reached, open calls, places below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum

from ashar.agreements.models import Agreement
from ashar.calls.models import Call
from ashar.indicators.models import Observation
from ashar.places.models import Territory

SHOWN = 12


@dataclass(frozen=True)
class Reached:
    """People reached as the accepted reports and the archive count them, by sex where known.

    Attendances, not unique persons: whoever came to two services stands here twice.
    """

    total: int
    women: int
    men: int


def reached(agreements: Sequence[Agreement]) -> Reached | None:
    """Return how many people the results of the agreements count; None when none does."""
    cases = [agreement.case_id for agreement in agreements]
    seen = (
        Observation.objects.filter(
            indicator__case_id__in=cases,
            indicator__counts_people=True,
            replaced_by__isnull=True,
        )
        .filter(Q(case__stage="accepted") | Q(case__source__gt=""))
        .values_list("sex")
        .annotate(people=Sum("value"))
        .values_list("sex", "people")
    )
    by_sex = {sex: int(people or Decimal(0)) for sex, people in seen}
    if not by_sex:
        return None
    return Reached(sum(by_sex.values()), by_sex.get("women", 0), by_sex.get("men", 0))


def calls_of(place: Territory | None) -> QuerySet[Call]:
    """Return the calls open for proposals, of a place or of the whole country, soonest first."""
    found = Call.objects.filter(case__is_public=True, case__stage="open")
    if place is not None:
        found = found.filter(case__territory__path__startswith=place.path)
    return found.select_related("case__territory__parent").order_by("closes_at")[:SHOWN]


def children_with_cases(place: Territory) -> QuerySet[Territory]:
    """Return the units directly below with how much is published in each (villages apart)."""
    return (
        Territory.objects.filter(parent=place)
        .exclude(kind="village")
        .annotate(published=Count("cases", filter=Q(cases__is_public=True)))
        .select_related("parent__parent__parent")
        .order_by(F("published").desc(), "sort_key")
    )
