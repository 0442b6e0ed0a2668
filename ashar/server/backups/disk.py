"""Files that are really on the disk when we say so."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

CHUNK = 1024 * 1024
PRIVATE = 0o600
PRIVATE_FOLDER = 0o700


def settle(path: Path) -> None:
    """Have a file or a folder on the disk: a power cut does not take it back."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file, read from the disk."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def private_folder(path: Path) -> Path:
    """Return the folder, made for its owner only."""
    path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
    return path


def create_private(path: Path) -> IO[bytes]:
    """Open a new file for its owner only; one that is there already is refused."""
    return os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, PRIVATE), "wb")


def write_whole(path: Path, write: Callable[[IO[bytes]], object]) -> None:
    """Write a file that appears whole under its name, or not at all."""
    draft = path.with_name(path.name + ".part")
    draft.unlink(missing_ok=True)
    try:
        with create_private(draft) as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    settle(path.parent)


def write_json(path: Path, told: dict[str, Any]) -> None:
    """Write a small file of particulars, whole or not at all."""
    text = json.dumps(told, indent=1, sort_keys=True).encode()
    write_whole(path, lambda file: file.write(text))


class Digested:
    """A file that is read or written through here knows its digest and its size."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.size = 0
        self._sum = hashlib.sha256()

    def _seen(self, content: bytes) -> None:
        self.size += len(content)
        self._sum.update(content)

    def read(self, size: int = -1) -> bytes:
        """Read on."""
        content = self.file.read(size)
        self._seen(content)
        return content

    def write(self, content: bytes) -> int:
        """Write on."""
        self._seen(content)
        return self.file.write(content)

    def flush(self) -> None:
        """Hand on what waits."""
        self.file.flush()

    @property
    def digest(self) -> str:
        """Return the SHA-256 of all that passed."""
        return self._sum.hexdigest()
