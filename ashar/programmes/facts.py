"""What the guards of a programme need to know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from ashar.cases.models import Case
from ashar.kernel.text import Wording
from ashar.programmes.models import Measure


def _titles(measures: list[Measure]) -> tuple[Wording, ...]:
    return tuple(Wording(measure.title_ky, measure.title_ru) for measure in measures)


def measures_count(case: Case) -> int:
    """Return how many measures the programme lists."""
    return Measure.objects.filter(programme__case=case).count()


def measures_without_ranked_need(case: Case) -> tuple[Wording, ...]:
    """Return the measures that answer no need of a frozen ranking."""
    measures = Measure.objects.filter(programme__case=case, need__position__isnull=True)
    return _titles(list(measures))


def measures_without_funding(case: Case) -> tuple[Wording, ...]:
    """Return the measures for which no money is planned."""
    return _titles(list(Measure.objects.filter(programme__case=case, funding__isnull=True)))


def submitted_on(case: Case) -> date | None:
    """Return the day the draft was put before the kenesh; None while it is not there."""
    return timezone.localdate(case.since) if case.stage == "before_kenesh" else None


FACTS: dict[str, Callable[[Case], object]] = {
    "measures_count": measures_count,
    "measures_without_ranked_need": measures_without_ranked_need,
    "measures_without_funding": measures_without_funding,
    "submitted_on": submitted_on,
}
