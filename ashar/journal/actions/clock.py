"""Going on after the clock of the server was wrong."""

from __future__ import annotations

from ashar.journal.actions.deeds import deed
from ashar.journal.actions.entries import write
from ashar.journal.core.chain import CLOCK_ACCEPTED


@deed
def accept_clock(*, reason: str, by: object = None) -> None:
    """Take the present moment as right although the last entry is younger.

    The entry says so for ever, with the reason; entries that follow are compared with it.
    """
    write(CLOCK_ACCEPTED, subject="journal", by=by, data={"reason": reason})
