"""Reads of indicators: results against targets, in all and by parts of the people."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from ashar.cases.models import Case
from ashar.indicators.choices import Bound
from ashar.indicators.core import Crossing, Seen, Totals, add_up, percent, plain_number
from ashar.indicators.models import Indicator, Observation


@dataclass(frozen=True)
class Result:
    """A row of the results table: what was promised and what was seen."""

    indicator: Indicator
    totals: Totals
    bound: str = ""

    @property
    def actual(self) -> Decimal | None:
        """What was seen in all; None when nothing was."""
        return self.totals.whole

    @property
    def percent(self) -> int | None:
        """What share of the target was reached, in whole per cent."""
        return percent(self.totals.whole, self.indicator.target)

    @property
    def actual_text(self) -> str:
        """The actual value as people write it, with how exact its source is."""
        words = str(Bound(self.bound).label) if self.bound else ""
        return f"{words} {plain_number(self.actual)}".strip()

    @property
    def target_text(self) -> str:
        """The target as people write it."""
        return plain_number(self.indicator.target)


def in_force() -> QuerySet[Observation]:
    """Return the observations that no later one replaced."""
    return Observation.objects.filter(replaced_by__isnull=True)


def results_of(
    case: Case, *, seen_in: Case | None = None, is_public_only: bool = False
) -> list[Result]:
    """Return the results table of a case in two queries.

    `seen_in` keeps what one report saw; `is_public_only` what everybody may already read.
    """
    indicators = list(Indicator.objects.filter(case=case))
    observations = in_force().filter(indicator__in=indicators)
    if seen_in is not None:
        observations = observations.filter(case=seen_in)
    if is_public_only:
        observations = observations.filter(case__is_public=True)
    seen: dict[int, list[Seen]] = defaultdict(list)
    bounds: dict[int, str] = {}
    for one in observations:
        bounds[one.indicator_id] = one.bound
        crossing = Crossing(one.sex, one.age_band, one.with_disability, one.territory_id)
        seen[one.indicator_id].append(Seen(crossing, one.value))
    return [
        Result(indicator, add_up(seen[indicator.pk]), bounds.get(indicator.pk, ""))
        for indicator in indicators
    ]


def seen_in(indicator: Indicator, case: Case) -> list[Seen]:
    """Return what the case saw of the indicator, each value with its crossing."""
    return [
        Seen(Crossing(one.sex, one.age_band, one.with_disability, one.territory_id), one.value)
        for one in in_force().filter(indicator=indicator, case=case).order_by("pk")
    ]
