"""The script that seals, with the mark by which a browser knows it."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from hashlib import sha384
from pathlib import Path

from django import template
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()
SEAL = "seals/seal.js"


@register.simple_tag
def seal_script() -> SafeString:
    """Load the script that seals; a browser refuses it when it is not the file published here."""
    return format_html(
        '<script src="{}" integrity="{}" defer></script>', static(SEAL), integrity(SEAL)
    )


@lru_cache(maxsize=8)
def integrity(name: str) -> str:
    """Return the mark of a script of ours."""
    content = Path(str(finders.find(name))).read_bytes()
    return f"sha384-{b64encode(sha384(content).digest()).decode()}"
