"""Secrets outside the database: named in the environment, or a file made once."""

from __future__ import annotations

import base64
import binascii
import os
import secrets
from collections.abc import Callable
from pathlib import Path

KEY_BYTES = 32
ONLY_OWNER = 0o600
ONLY_OWNER_FOLDER = 0o700


class BadKey(ValueError):
    """A key cannot be used; the text says where it stands, never what it is."""


def new_secret() -> bytes:
    """Return a new secret of the length that every key of Ashar has."""
    return secrets.token_bytes(KEY_BYTES)


def encode(secret: bytes) -> str:
    """Return the secret as the line that a file or the environment holds."""
    return base64.urlsafe_b64encode(secret).decode("ascii")


def decode(text: str, where: str) -> bytes:
    """Return the secret of a line; a damaged one is refused, naming only its place."""
    try:
        secret = base64.urlsafe_b64decode(text.strip().encode("ascii"))
    except (binascii.Error, UnicodeEncodeError):
        secret = b""
    if len(secret) != KEY_BYTES:
        raise BadKey(f"{where} does not hold a key of {KEY_BYTES} bytes in base64.")
    return secret


def from_environment(name: str) -> bytes | None:
    """Return the secret of the variable NAME, or of the file that NAME_FILE names."""
    file_name = os.environ.get(f"{name}_FILE")
    if file_name:
        return read(Path(file_name))
    text = os.environ.get(name)
    return decode(text, name) if text else None


def read(path: Path) -> bytes:
    """Return the secret kept in a file."""
    return decode(path.read_text(encoding="ascii"), str(path))


def kept(path: Path, make: Callable[[], bytes] = new_secret) -> bytes:
    """Return the secret of a file, made at first use and readable by its owner only.

    Two processes that start together get the same one: the file appears whole or not at all.
    """
    if path.exists():
        return read(path)
    write_new(path, make())
    return read(path)


def write_new(path: Path, secret: bytes) -> None:
    """Write a secret that must not be there yet; one already there is left as it is."""
    path.parent.mkdir(mode=ONLY_OWNER_FOLDER, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, ONLY_OWNER)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(encode(secret) + "\n")
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            return
        settle(path.parent)
    finally:
        draft.unlink()


def settle(folder: Path) -> None:
    """Have the folder itself on the disk: a key lost at a power cut loses all it locked."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
