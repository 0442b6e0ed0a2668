"""Pure calculations of contests: what a draft says, what its budget sums up to."""

from __future__ import annotations

from ashar.calls.core.draft import (
    ROW_LIMIT,
    SECTIONS,
    TEXT_LIMITS,
    ActivityRow,
    BudgetRow,
    Fault,
    Reading,
    ResultRow,
    Rows,
    TeamRow,
    differences,
    missing_parts,
    read_draft,
    tidy,
)
from ashar.calls.core.eligibility import AUTOMATIC, automatic_check
from ashar.calls.core.progress import Cell, Progress, SheetState, unscored
from ashar.calls.core.sealed import (
    OfflineEnvelope,
    SealedContent,
    UnreadableFileError,
    envelope_header,
    pack_draft,
    read_offline,
    statement_of,
    unpack_draft,
)

__all__ = [
    "AUTOMATIC",
    "ROW_LIMIT",
    "SECTIONS",
    "TEXT_LIMITS",
    "ActivityRow",
    "BudgetRow",
    "Cell",
    "Fault",
    "OfflineEnvelope",
    "Progress",
    "Reading",
    "ResultRow",
    "Rows",
    "SealedContent",
    "SheetState",
    "TeamRow",
    "UnreadableFileError",
    "automatic_check",
    "differences",
    "envelope_header",
    "missing_parts",
    "pack_draft",
    "read_draft",
    "read_offline",
    "statement_of",
    "tidy",
    "unpack_draft",
    "unscored",
]
