"""Where the keys of this installation stand."""

from __future__ import annotations

from pathlib import Path
from time import monotonic

from django.conf import settings

from ashar.vault.core import keyfiles, ring

BLIND_INDEX = "ASHAR_BLIND_INDEX_KEY"
_FRESH_SECONDS = 5.0
_kept: dict[str, tuple[float, ring.Ring]] = {}


def folder() -> Path:
    """Return the folder of keys."""
    return Path(settings.KEYS_DIR)


def key_ring(*, unknown: str = "") -> ring.Ring:
    """Return the ring of key-encrypting keys, read anew every few seconds.

    A process that meets a key it does not know (`unknown`) looks again at once: another
    process has just made it.
    """
    place = str(settings.KEYS_DIR)
    read_at, known = _kept.get(place, (0.0, None))
    if (
        known is None
        or monotonic() - read_at > _FRESH_SECONDS
        or (unknown and unknown not in known.keys)
    ):
        known = ring.from_environment() or ring.from_folder(folder())
        _kept[place] = (monotonic(), known)
    return known


def forget_ring() -> None:
    """Read the ring anew at the next use."""
    _kept.clear()
    _blind.clear()


_blind: dict[str, bytes] = {}


def blind_key() -> bytes:
    """Return the key of exact search; it opens nothing, and nothing else opens with it."""
    place = str(settings.KEYS_DIR)
    if place not in _blind:
        secret = keyfiles.from_environment(BLIND_INDEX)
        _blind[place] = secret or keyfiles.kept(folder() / "blind-index")
    return _blind[place]
