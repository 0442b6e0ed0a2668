"""What a place's page shows beside its chain: its money, people reached, places below."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Q

from ashar.agreements.models import AgreementFunding
from ashar.kernel.counts import suppress
from ashar.kernel.money import Som
from ashar.people.queries.small_counts import threshold
from ashar.places.choices import Kind
from ashar.places.models import Territory
from ashar.portal.queries.records import Records
from ashar.programmes.choices import FundingSource

NOTHING = Som(0)


@dataclass(frozen=True)
class Reached:
    """People reached as the accepted reports count them, by sex where known.

    Attendances, not unique persons: whoever came to two services stands here twice.
    """

    total: int
    women: int | None
    men: int | None

    @property
    def is_split(self) -> bool:
        """Whether both sexes may be shown."""
        return None not in {self.women, self.men} and bool(self.women or self.men)


@dataclass(frozen=True)
class SourceMoney:
    """Money of one source: what was agreed, and what really came, in som."""

    source: str
    label: str
    planned: Som
    actual: Som


def reached(records: Records) -> Reached | None:
    """Return how many people the results count; None when none does."""
    by_sex: dict[str, int] = {}
    for rows in records.indicators.values():
        for indicator in rows:
            for one in indicator.observations.all() if indicator.counts_people else ():
                by_sex[one.sex] = by_sex.get(one.sex, 0) + int(one.value)
    if not by_sex:
        return None
    # Without the parts in which somebody could be recognised.
    shown = suppress({"women": 0, "men": 0, **by_sex}, least=threshold().least)
    return Reached(sum(by_sex.values()), shown["women"], shown["men"])


def money_by_source(lines: Iterable[AgreementFunding]) -> list[SourceMoney]:
    """Return the money of agreements by its source; sources without money are left out."""
    planned: dict[str, Som] = {}
    actual: dict[str, Som] = {}
    for line in lines:
        planned[line.source] = planned.get(line.source, NOTHING) + (line.planned or NOTHING)
        actual[line.source] = actual.get(line.source, NOTHING) + (line.actual or NOTHING)
    return [
        SourceMoney(source.value, str(source.label), planned[source.value], actual[source.value])
        for source in FundingSource
        if source.value in planned
    ]


def paid_so_far(records: Records) -> Som:
    """Return what was paid in tranches of the place's agreements."""
    total = NOTHING
    for tranche in records.subjects["tranche"]:
        total = total + (tranche.paid or NOTHING)
    return total


def agreed(money: Iterable[SourceMoney]) -> Som:
    """Return the money agreed from all sources."""
    total = NOTHING
    for line in money:
        total = total + line.planned
    return total


def lines_of(records: Records) -> list[Any]:
    """Return the lines of funding of all the place's agreements."""
    return [line for lines in records.funding.values() for line in lines]


@dataclass(frozen=True)
class Below:
    """What lies directly below a place: smaller units, and villages."""

    units: list[Territory]
    villages: list[Territory]


def below(place: Territory) -> Below:
    """Return the units of today directly below, those with most published first; one query."""
    rows = list(
        Territory.objects.filter(parent=place, valid_to__isnull=True)
        .annotate(published=Count("cases", filter=Q(cases__is_public=True)))
        .select_related("parent__parent__parent")
        .order_by(F("published").desc(), "sort_key")
    )
    return Below(
        units=[one for one in rows if one.kind != Kind.VILLAGE],
        villages=sorted(
            (one for one in rows if one.kind == Kind.VILLAGE), key=lambda one: one.sort_key
        ),
    )


def units_above(place: Territory) -> list[Territory]:
    """Return the units in which the place lies, from the country down; no query."""
    above = []
    unit = place.parent
    while unit is not None:
        above.append(unit)
        unit = unit.parent
    return above[::-1]
