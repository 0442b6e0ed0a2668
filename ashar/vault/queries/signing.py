"""The keys with which this server signs what it publishes."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from ashar.vault.core import keyfiles


def signing_key(purpose: str) -> Ed25519PrivateKey:
    """Return the key that signs for one purpose (“journal”), made at first use.

    It stands in ASHAR_JOURNAL_SIGNING_KEY or ASHAR_JOURNAL_SIGNING_KEY_FILE, else in the
    file `signing-journal` of the folder of keys.
    """
    secret = keyfiles.from_environment(f"ASHAR_{purpose.upper()}_SIGNING_KEY")
    if secret is None:
        secret = keyfiles.kept(Path(settings.KEYS_DIR) / f"signing-{purpose}")
    return Ed25519PrivateKey.from_private_bytes(secret)
