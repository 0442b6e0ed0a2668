"""The ring of key-encrypting keys: the newest wraps, the older ones only open."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ashar.vault.core import keyfiles
from ashar.vault.core.cipher import key_id

ENVIRONMENT = "ASHAR_VAULT_KEYS"
_PREFIX = "vault-"


@dataclass(frozen=True)
class Ring:
    """Key-encrypting keys by their names; `current` wraps what is new."""

    current: str
    keys: Mapping[str, bytes] = field(repr=False)


def from_environment() -> Ring | None:
    """Return the ring of ASHAR_VAULT_KEYS (or ASHAR_VAULT_KEYS_FILE): the newest key first."""
    file_name = os.environ.get(f"{ENVIRONMENT}_FILE")
    text = Path(file_name).read_text(encoding="ascii") if file_name else os.environ.get(ENVIRONMENT)
    if not text:
        return None
    secrets = [keyfiles.decode(line, ENVIRONMENT) for line in text.replace(",", " ").split()]
    return _ring(secrets)


def from_folder(folder: Path) -> Ring:
    """Return the ring of the files vault-0001, vault-0002 …; the first is made at first use."""
    if not _files(folder):
        keyfiles.kept(folder / f"{_PREFIX}0001")
    return _ring([keyfiles.read(path) for path in reversed(_files(folder))])


def add(folder: Path) -> str:
    """Make a new current key and return its name; the older ones stay until destroyed."""
    last = int(_files(folder)[-1].name.removeprefix(_PREFIX)) if _files(folder) else 0
    secret = keyfiles.kept(folder / f"{_PREFIX}{last + 1:04}")
    return key_id(secret)


def destroy(folder: Path, name: str) -> None:
    """Overwrite and remove the file of a key; what it alone opened is unreadable for ever.

    On flash memory and in copies of the folder the old bytes may live on: destroy those too.
    """
    for path in _files(folder):
        if key_id(keyfiles.read(path)) == name:
            with path.open("r+b") as file:
                file.write(b"0" * path.stat().st_size)
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
            keyfiles.settle(folder)
            return
    raise keyfiles.BadKey(f"No file of {folder} holds the key {name}.")


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob(f"{_PREFIX}[0-9][0-9][0-9][0-9]"))


def _ring(newest_first: list[bytes]) -> Ring:
    named = {key_id(secret): secret for secret in newest_first}
    return Ring(current=next(iter(named)), keys=named)
