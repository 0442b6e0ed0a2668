"""Writing the journal: deeds, entries, checkpoints."""

from __future__ import annotations

from ashar.journal.actions.checkpoints import (
    publish_at_once,
    publish_checkpoint,
    publish_when_due,
)
from ashar.journal.actions.clock import accept_clock
from ashar.journal.actions.deeds import deed
from ashar.journal.actions.entries import subject_of, write
from ashar.journal.queries.clock import clock_was_set_back

__all__ = [
    "accept_clock",
    "clock_was_set_back",
    "deed",
    "publish_at_once",
    "publish_checkpoint",
    "publish_when_due",
    "subject_of",
    "write",
]
