"""Words in every language at once, for reasons and papers that outlive the reader's language."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from ashar.kernel.text import Wording


def in_both(words: Any, **values: object) -> Wording:
    """Return words of the catalogue as a wording in Kyrgyz, Russian and English."""
    said = {}
    for tongue in ("ky", "ru", "en"):
        with override(tongue):
            said[tongue] = str(words) % values if values else str(words)
    return Wording(**said)


def said(thing: object, stem: str, tongue: str) -> str:
    """Return the words of a thing in the language, or in the other when it has none."""
    other = "ru" if tongue == "ky" else "ky"
    return str(getattr(thing, f"{stem}_{tongue}", "") or getattr(thing, f"{stem}_{other}", ""))
