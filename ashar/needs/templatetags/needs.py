"""Words of vocabularies in the templates of needs."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

from ashar.interface.templatetags.ashar import count

register = template.Library()


@register.filter
def word(words: Mapping[str, str], key: str) -> str:
    """Write the word for a key; an unknown key is written as it is."""
    return words.get(key, key)


@register.filter
def shown(number: int | None) -> str:
    """Write a count of people; one too small to be published is three dots."""
    return "…" if number is None else count(number)
