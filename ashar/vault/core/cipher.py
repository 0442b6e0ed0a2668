"""Sealing one value with AES-256-GCM, bound to the field and the row it belongs to."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import struct
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = 1
NONCE_BYTES = 12
# version, number of the data key, its generation
_HEAD = struct.Struct(">BQI")
_ID_SIGNS = 12


class Unreadable(RuntimeError):
    """A sealed value cannot be opened; the text says which field, never what it held."""


@dataclass(frozen=True)
class DataSecret:
    """An opened data key: its number, its generation and the secret, which is never printed."""

    number: int
    generation: int
    secret: bytes = field(repr=False)


def key_id(secret: bytes) -> str:
    """Return the name of a key, from which nothing of the key can be learned."""
    return hashlib.sha256(b"ashar key id\0" + secret).hexdigest()[:_ID_SIGNS]


def seal(key: DataSecret, place: str, value: bytes) -> bytes:
    """Return the value sealed for one place (`people.card.surname:K7M2-9QXDT`)."""
    head = _HEAD.pack(VERSION, key.number, key.generation)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return head + nonce + AESGCM(key.secret).encrypt(nonce, value, _bound(head, place))


def unseal(key: DataSecret, place: str, sealed: bytes) -> bytes:
    """Return the value; raises Unreadable when it was changed, moved or sealed otherwise."""
    head, rest = sealed[: _HEAD.size], sealed[_HEAD.size :]
    nonce, body = rest[:NONCE_BYTES], rest[NONCE_BYTES:]
    try:
        return AESGCM(key.secret).decrypt(nonce, body, _bound(head, place))
    except (InvalidTag, ValueError):
        raise Unreadable(_sentence(place)) from None


def sealed_with(sealed: bytes) -> tuple[int, int]:
    """Return the number and the generation of the data key that sealed the value."""
    try:
        version, number, generation = _HEAD.unpack(sealed[: _HEAD.size])
    except struct.error:
        raise Unreadable("A sealed value is cut short.") from None
    if version != VERSION:
        raise Unreadable(f"A sealed value has the unknown version {version}.")
    return number, generation


def wrap(outer: bytes, name: str, secret: bytes) -> bytes:
    """Return a data key wrapped by a key-encrypting key."""
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(outer).encrypt(nonce, secret, name.encode())


def unwrap(outer: bytes, name: str, wrapped: bytes) -> bytes:
    """Return the data key; raises Unreadable when it was changed or moved to another row."""
    nonce, body = wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:]
    try:
        return AESGCM(outer).decrypt(nonce, body, name.encode())
    except (InvalidTag, ValueError):
        raise Unreadable(f"The key {name} cannot be opened: it was changed or moved.") from None


def blind_digest(key: bytes, place: str, value: str) -> str:
    """Return what stands for a value in an exact search, without the value itself."""
    return hmac.new(key, f"{place}\0{value}".encode(), hashlib.sha256).hexdigest()


def _bound(head: bytes, place: str) -> bytes:
    return head + place.encode()


def _sentence(place: str) -> str:
    return f"{place} cannot be opened: it was changed, or moved from another row."
