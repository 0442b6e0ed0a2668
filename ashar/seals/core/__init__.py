"""Sealed envelopes without a database: shares, locks, the container, the opening."""

from __future__ import annotations

from ashar.seals.core.age import (
    IDENTITY_MARK,
    NotLockedError,
    decrypt,
    digest,
    encrypt,
    fingerprint,
    identity_of,
    is_armored,
    is_recipient,
    is_sealed,
    new_identity,
    open_share,
    recipient_of,
    seal_share,
    secret_of,
)
from ashar.seals.core.container import BrokenEnvelopeError, Payload, pack, unpack
from ashar.seals.core.opening import NotOpened, Opened, open_envelope, open_with
from ashar.seals.core.passphrase import is_locked, lock, unlock
from ashar.seals.core.shares import LEAST_HOLDERS, combine, split, split_for, threshold_for

__all__ = [
    "IDENTITY_MARK",
    "LEAST_HOLDERS",
    "BrokenEnvelopeError",
    "NotLockedError",
    "NotOpened",
    "Opened",
    "Payload",
    "combine",
    "decrypt",
    "digest",
    "encrypt",
    "fingerprint",
    "identity_of",
    "is_armored",
    "is_locked",
    "is_recipient",
    "is_sealed",
    "lock",
    "new_identity",
    "open_envelope",
    "open_share",
    "open_with",
    "pack",
    "recipient_of",
    "seal_share",
    "secret_of",
    "split",
    "split_for",
    "threshold_for",
    "unlock",
    "unpack",
]
