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

__all__ = [
    "AUTOMATIC",
    "ROW_LIMIT",
    "SECTIONS",
    "TEXT_LIMITS",
    "ActivityRow",
    "BudgetRow",
    "Cell",
    "Fault",
    "Progress",
    "Reading",
    "ResultRow",
    "Rows",
    "SheetState",
    "TeamRow",
    "automatic_check",
    "differences",
    "missing_parts",
    "read_draft",
    "tidy",
    "unscored",
]
