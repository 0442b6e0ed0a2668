"""Writing the journal: deeds, entries, checkpoints."""

from __future__ import annotations

from ashar.journal.actions.deeds import deed
from ashar.journal.actions.entries import subject_of, write

__all__ = ["deed", "subject_of", "write"]
