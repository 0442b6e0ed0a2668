"""Facts of the spine that any guard may need."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ashar.cases.core import paper_words
from ashar.cases.models import Case
from ashar.cases.queries import track_of


def documents(case: Case) -> frozenset[str]:
    """Return the kinds of papers filed on the case, or said to lie in its sealed envelope."""
    word = paper_words.get(track_of(case).subject)
    said = word(case) if word is not None else None
    if said is not None:
        return said
    return frozenset(case.papers.filter(withdrawn_at__isnull=True).values_list("kind", flat=True))


def stage_since(case: Case) -> datetime:
    """Return since when the case has stood at its present stage."""
    return case.since


FACTS: dict[str, Callable[[Case], object]] = {
    "documents": documents,
    "stage_since": stage_since,
}
