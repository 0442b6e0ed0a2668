"""How a page says that a paper stands in the journal."""

from __future__ import annotations

from typing import Any

from django import template

from ashar.journal.models import Checkpoint
from ashar.journal.queries.proofs import paper_entry

register = template.Library()


@register.inclusion_tag("journal/_paper.html")
def paper_in_journal(sha256: str) -> dict[str, Any]:
    """Show under which line and mark of the journal a file with this digest stands."""
    entry = paper_entry(sha256)
    if entry is None:
        return {"entry": None}
    covering = Checkpoint.objects.filter(size__gte=entry.number).order_by("size").first()
    return {"entry": entry, "checkpoint": covering}
