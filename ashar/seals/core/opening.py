"""k shares open an envelope; a share that does not fit neither blocks nor changes anything.

The recipient kept with the envelope is the commitment: whatever the shares give is believed
only if its public side is that recipient. So there is one content, or none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations, islice

from ashar.seals.core.age import (
    NotLockedError,
    decrypt,
    digest,
    fixed,
    identity_of,
    recipient_of,
)
from ashar.seals.core.container import BrokenEnvelopeError, Payload, unpack
from ashar.seals.core.shares import combine

# 6,435 ways stand for 8 of 15: more members than a commission has.
MOST_WAYS = 6435


@dataclass(frozen=True)
class Opened:
    """An open envelope: what it says, by which identity, and whose shares did not fit."""

    payload: Payload = field(repr=False)
    identity: str = field(repr=False)
    sha256: str
    faults: tuple[int, ...] = ()


@dataclass(frozen=True)
class NotOpened:
    """A closed envelope: why (too_few, do_not_fit, changed, broken), and whose shares stand out."""

    reason: str
    faults: tuple[int, ...] = ()


def open_envelope(
    recipient: str,
    ciphertext: bytes,
    shares: Mapping[int, bytes],
    threshold: int,
) -> Opened | NotOpened:
    """Open with the shares of holders (position -> share)."""
    if len(shares) < threshold:
        return NotOpened("too_few")
    for chosen in islice(combinations(sorted(shares), threshold), MOST_WAYS):
        parts = [shares[position] for position in chosen]
        identity = _identity_from(parts, recipient)
        if identity:
            faults = tuple(
                position
                for position, share in sorted(shares.items())
                if not _fits(share, parts) or list(shares.values()).count(share) > 1
            )
            return open_with(identity, recipient, ciphertext, faults)
    return NotOpened("do_not_fit", tuple(sorted(shares)))


def open_with(
    identity: str, recipient: str, ciphertext: bytes, faults: tuple[int, ...] = ()
) -> Opened | NotOpened:
    """Open with the identity itself, as the applicant keeps it."""
    try:
        if recipient_of(identity) != recipient:
            return NotOpened("do_not_fit", faults)
        content = decrypt(ciphertext, identity)
        return Opened(unpack(content), identity, digest(content), faults)
    except NotLockedError:
        return NotOpened("changed", faults)
    except BrokenEnvelopeError:
        return NotOpened("broken", faults)
    except ValueError:
        return NotOpened("do_not_fit", faults)


def _identity_from(parts: list[bytes], recipient: str) -> str:
    try:
        secret = combine(parts)
        identity = identity_of(secret)
    except ValueError:
        return ""
    if fixed(secret) != secret:
        return ""
    return identity if recipient_of(identity) == recipient else ""


def _fits(share: bytes, parts: list[bytes]) -> bool:
    """Say whether the share lies on the curve through those that opened the envelope."""
    if len(share) != len(parts[0]):
        return False
    return combine(parts, share[-1]) == share[:-1]
