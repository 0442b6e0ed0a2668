"""Reads of programmes: lists, needs a measure may answer, money by source and year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

from django.db.models import Prefetch, QuerySet

from ashar.kernel.money import Som
from ashar.needs.models import Gathering, Need, NeedsStudy
from ashar.places.models import Territory
from ashar.programmes.choices import FundingSource
from ashar.programmes.models import Measure, MeasureFunding, Programme

NOTHING = Som(0)


@dataclass(frozen=True)
class SourceTotal:
    """Money of one source over all years."""

    source: str
    label: str
    planned: Som


def total(amounts: Iterable[Som]) -> Som:
    """Return the sum, in som, of the amounts."""
    return reduce(lambda left, right: left + right, amounts, NOTHING)


def programmes() -> QuerySet[Programme]:
    """Return programmes, the newest first."""
    return Programme.objects.select_related("case", "case__territory").order_by("-year_from", "-pk")


def measures_of(programme: Programme) -> list[Measure]:
    """Return the measures with their needs and money, in the programme's order."""
    return list(
        programme.measures.select_related("need").prefetch_related(
            Prefetch("funding", MeasureFunding.objects.order_by("year", "source"))
        )
    )


def by_source(measures: Iterable[Measure]) -> list[SourceTotal]:
    """Return the planned money of the measures by its source, in the order of the sources."""
    lines = [line for measure in measures for line in measure.funding.all()]
    return [
        SourceTotal(source.value, str(source.label), total(found))
        for source in FundingSource
        if (found := [line.planned for line in lines if line.source == source.value])
    ]


def ranked_needs(territory: Territory) -> QuerySet[Need]:
    """Return the needs of the place that have their position in a frozen ranking."""
    return (
        Need.objects.filter(study__case__territory=territory, position__isnull=False)
        .select_related("study__case")
        .order_by("-study__case__opened_at", "position")
    )


def decided_gatherings(territory: Territory | None) -> QuerySet[Gathering]:
    """Return the gatherings of the place that decided, the newest first."""
    return (
        Gathering.objects.filter(case__territory=territory, case__stage="decided")
        .select_related("case", "event")
        .order_by("-event__held_on", "-pk")
    )


def needs_by_study(programme: Programme) -> list[tuple[NeedsStudy, list[Need]]]:
    """Return the ranked needs of the place by study.

    First stands the study whose gathering the programme follows, then the newest.
    """
    groups: dict[NeedsStudy, list[Need]] = {}
    for need in ranked_needs(programme.case.territory):
        groups.setdefault(need.study, []).append(need)
    followed = Gathering.objects.filter(case=programme.case.parent_id).values_list(
        "study", flat=True
    )
    first = followed.first()
    return sorted(groups.items(), key=lambda group: group[0].pk != first)


def already_begun(place: Territory | None, title_ky: str, year_from: int) -> Programme | None:
    """Return the draft of this title and year in the place: a second click begins no second."""
    drafts = programmes().filter(case__territory=place, case__stage="drafting")
    return drafts.filter(case__title_ky=title_ky, year_from=year_from).first()


def already_listed(programme: Programme, need: Need | None, title_ky: str) -> bool:
    """Say whether the programme has this very measure: a second click adds no second."""
    return Measure.objects.filter(programme=programme, need=need, title_ky=title_ky).exists()
