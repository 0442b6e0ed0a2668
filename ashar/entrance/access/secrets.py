"""The secrets of second factors are sealed with a key that stands outside the database."""

from __future__ import annotations

import base64
from pathlib import Path

from django.conf import settings

from ashar.vault.core import cipher, keyfiles

PLACE = "mfa.authenticator"


def _key() -> cipher.DataSecret:
    secret = keyfiles.from_environment("ASHAR_SIGN_IN_KEY")
    if secret is None:
        secret = keyfiles.kept(Path(settings.KEYS_DIR) / "sign-in")
    return cipher.DataSecret(0, 0, secret)


def seal(text: str) -> str:
    """Return the secret as it may stand in the database."""
    return base64.urlsafe_b64encode(cipher.seal(_key(), PLACE, text.encode())).decode("ascii")


def unseal(sealed: str) -> str:
    """Return the secret; raises Unreadable when it was sealed elsewhere or changed."""
    return cipher.unseal(_key(), PLACE, base64.urlsafe_b64decode(sealed)).decode()
