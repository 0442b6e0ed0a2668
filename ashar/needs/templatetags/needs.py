"""Words of vocabularies in the templates of needs."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def word(words: Mapping[str, str], key: str) -> str:
    """Write the word for a key; an unknown key is written as it is."""
    return words.get(key, key)
