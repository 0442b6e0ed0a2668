"""Entries, the head of their chain, checkpoints, and the bases of guarded tables."""

from __future__ import annotations

from ashar.journal.models.append_only import AppendOnlyError, AppendOnlyModel, AppendOnlyQuerySet
from ashar.journal.models.checkpoint import Checkpoint, Cosignature, WitnessedJournal
from ashar.journal.models.entry import Entry, Head
from ashar.journal.models.watched import Watched, WatchedQuerySet

__all__ = [
    "AppendOnlyError",
    "AppendOnlyModel",
    "AppendOnlyQuerySet",
    "Checkpoint",
    "Cosignature",
    "Entry",
    "Head",
    "Watched",
    "WatchedQuerySet",
    "WitnessedJournal",
]
