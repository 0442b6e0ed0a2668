"""An identity locked under a passphrase, as age does it (scrypt), with the work factor chosen.

The browser locks members' keys; this side locks those of the demonstration, which must be
quick, and opens what a test needs.
"""

from __future__ import annotations

import base64
import hmac
import os
from hashlib import sha256

import pyrage
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from ashar.seals.core.age import MAGIC, NotLockedError, is_armored

WORK_FACTOR = 18
_ZERO = bytes(12)
_BEGIN = "-----BEGIN AGE ENCRYPTED FILE-----"
_END = "-----END AGE ENCRYPTED FILE-----"
_LINE = 64
_CHUNK = 64 * 1024


def lock(identity: str, passphrase: str, *, work_factor: int = WORK_FACTOR) -> str:
    """Lock an identity under a passphrase, in letters."""
    content = identity.encode()
    if len(content) >= _CHUNK:
        raise ValueError("too long for one chunk")
    salt, file_key, nonce = os.urandom(16), os.urandom(16), os.urandom(16)
    label = b"age-encryption.org/v1/scrypt"
    wrap = Scrypt(salt=label + salt, length=32, n=1 << work_factor, r=8, p=1)
    wrapped = ChaCha20Poly1305(wrap.derive(passphrase.encode())).encrypt(_ZERO, file_key, None)
    header = (
        b"age-encryption.org/v1\n-> scrypt %b %d\n%b\n---"
        % (_plain64(salt), work_factor, _plain64(wrapped))
    )  # fmt: skip
    mac = hmac.new(_derived(file_key, b"", b"header"), header, sha256).digest()
    # One chunk, number zero, the last: eleven bytes of counter and the mark of the end.
    body = ChaCha20Poly1305(_derived(file_key, nonce, b"payload")).encrypt(
        bytes(11) + b"\x01", content, None
    )
    return _armored(header + b" " + _plain64(mac) + b"\n" + nonce + body)


def unlock(locked: str, passphrase: str) -> str:
    """Open an identity locked under a passphrase; raises NotLockedError."""
    try:
        return bytes(pyrage.passphrase.decrypt(locked.encode(), passphrase)).decode()
    except pyrage.DecryptError as wrong:
        raise NotLockedError from wrong


def _derived(file_key: bytes, salt: bytes, label: bytes) -> bytes:
    return HKDF(algorithm=hashes.SHA256(), length=32, salt=salt, info=label).derive(file_key)


def _plain64(content: bytes) -> bytes:
    return base64.b64encode(content).rstrip(b"=")


def _armored(content: bytes) -> str:
    text = base64.b64encode(content).decode()
    lines = [text[at : at + _LINE] for at in range(0, len(text), _LINE)]
    return "\n".join([_BEGIN, *lines, _END, ""])


def is_locked(text: str) -> bool:
    """Say whether the text is an identity locked under a passphrase."""
    return is_armored(text) and _unarmored(text).startswith(MAGIC + b"-> scrypt ")


def _unarmored(text: str) -> bytes:
    """Return the bytes of a locked file written in letters; empty when they cannot be read."""
    inside = text.strip().removeprefix(_BEGIN).removesuffix(_END)
    try:
        return base64.b64decode("".join(inside.split()), validate=True)
    except ValueError:
        return b""
