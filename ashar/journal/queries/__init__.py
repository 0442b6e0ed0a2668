"""Reading the journal."""

from __future__ import annotations

from ashar.journal.queries import clock
from ashar.journal.queries.checking import Report, verify
from ashar.journal.queries.entries import entries

__all__ = ["Report", "clock", "entries", "verify"]
