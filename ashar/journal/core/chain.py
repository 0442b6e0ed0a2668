"""The chain: every entry carries the digest of the one before it.

The digest of an entry is the SHA-256 of a zero byte and its canonical JSON, which is at the
same time its leaf in the tree of RFC 6962 (merkle.py): one digest serves both.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any, NamedTuple

FIRST = "0" * 64
LEAF = b"\x00"
# Clocks of two servers differ a little; more than this is a clock that was set back.
CLOCK_TOLERANCE = timedelta(seconds=5)
CLOCK_ACCEPTED = "clock_accepted"
ROWS_REREAD = "rows_reread"
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


class Line(NamedTuple):
    """An entry as it is kept: what was done, which rows it left, and its digest."""

    number: int
    at: datetime
    actor_account: int | None
    actor_name: str
    mandate: str
    action: str
    subject: str
    case_ref: str
    data: Mapping[str, Any]
    rows: Mapping[str, str | None]
    digest: str


def canonical(value: object) -> bytes:
    """Return the one way of writing a value in JSON: keys in order, no spaces, UTF-8."""
    return _encode(value).encode()


def written(moment: datetime) -> str:
    """Return a moment as it stands in a digest: UTC with microseconds."""
    in_utc = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return in_utc.isoformat(timespec="microseconds")


def digest_of(fields: Sequence[Any], previous: str) -> str:
    """Return the digest of an entry: `fields` are those of Line without the digest."""
    number, at, *rest = fields
    return sha256(LEAF + canonical([number, written(at), *rest, previous])).hexdigest()


@dataclass
class Found:
    """What a check of the journal found: faults in words, and what was counted on the way."""

    entries: int = 0
    head: str = FIRST
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    # Name of a row -> its digest after the last deed that touched it; None when removed.
    rows: dict[str, str | None] = field(default_factory=dict)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def walk(lines: Iterable[Line], *, leaves: list[bytes] | None = None) -> Found:
    """Check entries in the order of their numbers, from the first one.

    Every entry changed, removed, inserted or moved breaks the digest of an entry or the
    order of numbers, and is named. `leaves`, when given, receives the digests for the tree.
    """
    found = Found()
    previous, expected, before = FIRST, 1, None
    for line in lines:
        if line.number != expected:
            found.faults.append(f"entry {expected} is missing: entry {line.number} comes instead")
        if digest_of(line[:-1], previous) != line.digest:
            found.faults.append(f"entry {line.number} is not what was written")
        if before is not None and line.at < before - CLOCK_TOLERANCE:
            said = (
                f"entry {line.number}: the clock of the server was set back by {before - line.at}"
            )
            (found.notes if line.action == CLOCK_ACCEPTED else found.faults).append(said)
        if line.action == ROWS_REREAD:
            found.notes.append(
                f"entry {line.number}: rows of {line.subject} were taken as they were"
            )
        previous, expected, before = line.digest, line.number + 1, line.at
        found.rows.update(line.rows)
        found.entries += 1
        if leaves is not None:
            leaves.append(bytes.fromhex(line.digest))
    found.head = previous
    return found
