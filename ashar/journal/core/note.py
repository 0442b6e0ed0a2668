"""Signed notes: the public text format of checkpoints (C2SP signed-note and tlog-checkpoint).

A note is a text and, after an empty line, signatures of Ed25519, each with the name of its
signer. Anybody may add a cosignature; other people's programs read the same format.
"""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

_ED25519 = b"\x01"
_COSIGNATURE = b"\x04"
_DASH = "\u2014"
_HASH_BYTES = 4
_TIME_BYTES = 8
_SIGNATURE_BYTES = 64


class BadNote(ValueError):
    """The text is not a signed note of a checkpoint; the message says what is wrong."""


@dataclass(frozen=True)
class Checkpoint:
    """The size of a journal and its root: what a note says."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the words that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


@dataclass(frozen=True)
class Signature:
    """One signature of a note: who, which key, and the bytes."""

    name: str
    key_hash: bytes
    body: bytes

    def line(self) -> str:
        """Return the signature as a line of a note."""
        return f"{_DASH} {self.name} {base64.b64encode(self.key_hash + self.body).decode()}\n"


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes_raw()


def key_hash(name: str, key: Ed25519PublicKey, kind: bytes = _ED25519) -> bytes:
    """Return the four bytes by which a note names the key."""
    return sha256(name.encode() + b"\n" + kind + _raw(key)).digest()[:_HASH_BYTES]


def verifier_key(name: str, key: Ed25519PublicKey, kind: bytes = _ED25519) -> str:
    """Return the public key in the format `name+hash+key`, to be printed and compared."""
    coded = base64.b64encode(kind + _raw(key)).decode()
    return f"{name}+{key_hash(name, key, kind).hex()}+{coded}"


def read_verifier_key(text: str) -> tuple[str, Ed25519PublicKey, bytes]:
    """Return name, key and kind of a printed public key; raises BadNote."""
    try:
        name, hashed, coded = text.strip().split("+", 2)
        raw = base64.b64decode(coded, validate=True)
        key = Ed25519PublicKey.from_public_bytes(raw[1:])
    except (ValueError, binascii.Error) as wrong:
        raise BadNote("the public key is not of the form name+hash+key") from wrong
    if key_hash(name, key, raw[:1]).hex() != hashed:
        raise BadNote("the public key does not fit its own hash")
    return name, key, raw[:1]


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey, name: str) -> str:
    """Return the checkpoint as a note signed by its own journal."""
    text = checkpoint.text()
    body = key.sign(text.encode())
    return f"{text}\n{Signature(name, key_hash(name, key.public_key()), body).line()}"


def cosign(note: str, key: Ed25519PrivateKey, name: str, at: int) -> str:
    """Return the cosignature line of another server at the moment (seconds since 1970)."""
    text, _signatures = read(note)
    words = f"cosignature/v1\ntime {at}\n{text.text()}"
    body = at.to_bytes(_TIME_BYTES, "big") + key.sign(words.encode())
    return Signature(name, key_hash(name, key.public_key(), _COSIGNATURE), body).line()


def read(note: str) -> tuple[Checkpoint, list[Signature]]:
    """Return what a note says and who signed it, nothing verified yet; raises BadNote."""
    head, _empty, tail = note.partition("\n\n")
    words = head.split("\n")
    if len(words) < 3 or not tail:  # noqa: PLR2004 - origin, size, root
        raise BadNote("a note has an origin, a size, a root, an empty line and signatures")
    try:
        root = base64.b64decode(words[2], validate=True)
        size = int(words[1])
    except (ValueError, binascii.Error) as wrong:
        raise BadNote("the size or the root of the note cannot be read") from wrong
    if len(words) > 3 or not words[1].isascii() or not words[1].isdigit():  # noqa: PLR2004
        raise BadNote("the note says more than a checkpoint does")
    return Checkpoint(words[0], size, root), [_signature(line) for line in tail.splitlines()]


def _signature(line: str) -> Signature:
    try:
        dash, name, coded = line.split(" ")
        raw = base64.b64decode(coded, validate=True)
    except (ValueError, binascii.Error) as wrong:
        raise BadNote("a signature of the note cannot be read") from wrong
    if dash != _DASH or len(raw) < _HASH_BYTES + _SIGNATURE_BYTES:
        raise BadNote("a signature of the note cannot be read")
    return Signature(name, raw[:_HASH_BYTES], raw[_HASH_BYTES:])


def is_signed_by(note: str, printed_key: str) -> bool:
    """Say whether the note bears a true signature of the printed public key; raises BadNote."""
    name, key, kind = read_verifier_key(printed_key)
    checkpoint, signatures = read(note)
    wanted = key_hash(name, key, kind)
    return any(
        _holds(checkpoint, signature, key, kind)
        for signature in signatures
        if signature.name == name and signature.key_hash == wanted
    )


def _holds(
    checkpoint: Checkpoint, signature: Signature, key: Ed25519PublicKey, kind: bytes
) -> bool:
    words, body = checkpoint.text(), signature.body
    if kind == _COSIGNATURE:
        at = int.from_bytes(body[:_TIME_BYTES], "big")
        words, body = f"cosignature/v1\ntime {at}\n{words}", body[_TIME_BYTES:]
    try:
        key.verify(body, words.encode())
    except InvalidSignature:
        return False
    return True


def cosigner_key(name: str, key: Ed25519PublicKey) -> str:
    """Return the printed public key with which a server cosigns the notes of others."""
    return verifier_key(name, key, _COSIGNATURE)
