"""Public identifiers: readable aloud, impossible to guess."""

from __future__ import annotations

import secrets

# No vowels (no words by accident); no 0 1 L, which are taken for other signs.
ALPHABET = "23456789BCDFGHJKMNPQRSTVWXYZ"
# Nine signs of twenty-eight are 43 bits.
_GROUPS = (4, 5)
REF_LENGTH = sum(_GROUPS) + len(_GROUPS) - 1


def new_ref() -> str:
    """Return a new identifier like K7M2-9QXDT (ten signs with the dash)."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(size)) for size in _GROUPS)
