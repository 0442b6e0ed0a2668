"""Reading the journal."""

from __future__ import annotations

from ashar.journal.models import AppendOnlyQuerySet, Entry


def entries(case_ref: str = "") -> AppendOnlyQuerySet:
    """The lines of the journal, newest first; of one case when its reference is given."""
    found = Entry.objects.order_by("-number")
    return found.filter(case_ref=case_ref) if case_ref else found
