"""Reads the environment: yes and no, lists, secrets from a variable or a file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def env_text(name: str, default: str = "") -> str:
    """A text; `NAME_FILE` names a file that holds it."""
    file_name = os.environ.get(f"{name}_FILE")
    if file_name:
        return Path(file_name).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def env_yes(name: str, *, default: bool) -> bool:
    """Yes or no; a word that is neither stops the start."""
    word = os.environ.get(name, "yes" if default else "no").strip().lower()
    if word in {"yes", "1", "true", "on"}:
        return True
    if word in {"no", "0", "false", "off", ""}:
        return False
    raise ValueError(f"{name} is “{word}”. Write yes or no.")


def env_list(name: str) -> list[str]:
    """A list, separated by commas."""
    return [word.strip() for word in os.environ.get(name, "").split(",") if word.strip()]


def env_secret(name: str, kept_in: Path) -> str:
    """A secret from the environment, else one made once and kept in a file only we can read."""
    given = env_text(name)
    if given:
        return given
    try:
        handle = os.open(kept_in, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        return kept_in.read_text(encoding="ascii").strip()
    secret = secrets.token_urlsafe(50)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret)
    return secret
