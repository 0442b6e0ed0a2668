"""Who may read the journal: officers of the ministry."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from ashar.journal.models import AppendOnlyQuerySet
from ashar.journal.queries import entries
from ashar.parties.access import mandates_of

READERS = frozenset({"officer"})


def may_read(user: Any) -> bool:  # noqa: ANN401 - any kind of account
    """Whether one of the person's mandates opens the journal."""
    return any(mandate.role in READERS for mandate in mandates_of(user))


def entries_for(user: Any) -> AppendOnlyQuerySet:  # noqa: ANN401 - as above
    """The lines of the journal, or Http404 to whoever may not read them."""
    if not may_read(user):
        raise Http404
    return entries()
