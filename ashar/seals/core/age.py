"""Locks in the format of age (age-encryption.org/v1): one for the proposal, one for each share."""

from __future__ import annotations

import hashlib

import pyrage
from pyrage import x25519

from ashar.seals.core import bech32

IDENTITY_MARK = "AGE-SECRET-KEY-"
_ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----"
MAGIC = b"age-encryption.org/v1\n"
_SECRET_LENGTH = 32


class NotLockedError(ValueError):
    """The bytes do not open with this identity, or they were changed."""


def new_identity() -> str:
    """Make a new secret identity."""
    return str(x25519.Identity.generate())


def recipient_of(identity: str) -> str:
    """Return the public side of an identity; raises ValueError when it is none."""
    try:
        return str(x25519.Identity.from_str(identity).to_public())
    except pyrage.IdentityError as wrong:
        raise ValueError("not an identity") from wrong


def secret_of(identity: str) -> bytes:
    """Return the 32 secret bytes of an identity; raises ValueError when it is none."""
    prefix, secret = bech32.decode(identity)
    if prefix.upper() != IDENTITY_MARK or len(secret) != _SECRET_LENGTH:
        raise ValueError("not an identity")
    return secret


def fixed(secret: bytes) -> bytes:
    """Return the one form of a secret in which it is split: X25519 ignores five of its bits.

    Without it a share changed in such a bit would open, and honest holders would be named.
    """
    return bytes([secret[0] & 248, *secret[1:-1], secret[-1] & 127 | 64])


def identity_of(secret: bytes) -> str:
    """Return the identity with these 32 secret bytes."""
    if len(secret) != _SECRET_LENGTH:
        raise ValueError("an identity has 32 secret bytes")
    return bech32.encode(IDENTITY_MARK.lower(), secret).upper()


def is_recipient(text: str) -> bool:
    """Say whether the text is the public side of an identity."""
    try:
        x25519.Recipient.from_str(text)
    except pyrage.RecipientError:
        return False
    return True


def encrypt(content: bytes, recipient: str) -> bytes:
    """Lock the bytes so that only the recipient's identity opens them."""
    return bytes(pyrage.encrypt(content, [x25519.Recipient.from_str(recipient)]))


def decrypt(ciphertext: bytes, identity: str) -> bytes:
    """Open the bytes; raises NotLockedError when they do not fit or were changed."""
    try:
        return bytes(pyrage.decrypt(ciphertext, [x25519.Identity.from_str(identity)]))
    except (pyrage.DecryptError, pyrage.IdentityError) as wrong:
        raise NotLockedError from wrong


def is_sealed(ciphertext: bytes) -> bool:
    """Say whether the bytes look like a locked file, not like something readable."""
    return ciphertext.startswith(MAGIC + b"-> X25519 ")


def is_armored(text: str) -> bool:
    """Say whether the text is a locked file written in letters."""
    return text.strip().startswith(_ARMOR) and IDENTITY_MARK not in text.upper()


def seal_share(share: bytes, recipient: str) -> str:
    """Lock a share for its holder, in letters."""
    locked = pyrage.encrypt(share, [x25519.Recipient.from_str(recipient)], armored=True)
    return bytes(locked).decode()


def open_share(locked: str, identity: str) -> bytes:
    """Open a share with its holder's identity; raises NotLockedError."""
    return decrypt(locked.encode(), identity)


def digest(content: bytes) -> str:
    """Return the digest of bytes, as receipts print it."""
    return hashlib.sha256(content).hexdigest()


def fingerprint(recipient: str) -> str:
    """Return the short mark of a recipient, as the announcement prints it."""
    mark = digest(recipient.encode())[:16].upper()
    return " ".join(mark[at : at + 4] for at in range(0, 16, 4))
