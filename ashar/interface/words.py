"""Which of the Kyrgyz, Russian and English words of a thing the reader is shown."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language

from ashar.kernel.text import Wording


def reader_language() -> str:
    """Return the language of the reader: ky, ru or en."""
    return (get_language() or "ky")[:2]


def named(thing: object, stem: str = "name", language: str = "") -> str:
    """Return `name_ky`, `name_ru` or `name_en` of a thing, as the reader needs it."""
    if thing is None:
        return ""
    if isinstance(thing, Wording):
        return thing.say(language or reader_language())
    if isinstance(thing, Mapping):
        words = [str(thing.get(f"{stem}_{code}") or "") for code in ("ky", "ru", "en")]
    else:
        words = [str(getattr(thing, f"{stem}_{code}", "") or "") for code in ("ky", "ru", "en")]
    return Wording(*words).say(language or reader_language()) or (
        "" if isinstance(thing, Mapping) else str(thing)
    )
