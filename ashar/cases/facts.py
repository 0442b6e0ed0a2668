"""Facts of the spine that any guard may need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ashar.cases.models import Case


def documents(case: Case) -> frozenset[str]:
    """Return the kinds of papers filed on the case."""
    return frozenset(case.papers.filter(withdrawn_at__isnull=True).values_list("kind", flat=True))


def stage_since(case: Case) -> datetime:
    """Return since when the case has stood at its present stage."""
    return case.since


FACTS: dict[str, Callable[[Case], object]] = {
    "documents": documents,
    "stage_since": stage_since,
}
