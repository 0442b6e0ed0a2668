"""Whether the clock of the server runs forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from ashar.journal.models import Head

# Servers of one installation may differ by this much; a person's set-back is hours or days.
TOLERANCE = timedelta(minutes=1)


def server_now() -> datetime:
    """Return the moment by the clock of the server, whatever day a story plays on."""
    return datetime.now(UTC)


def clock_was_set_back() -> bool:
    """Say whether it is earlier now than when the last entry was written."""
    last = Head.objects.filter(pk=1).values_list("at", flat=True).first()
    return last is not None and server_now() < last - TOLERANCE
