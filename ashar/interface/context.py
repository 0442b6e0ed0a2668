"""What every page knows: the reader's language, the way to other languages and main places."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from ashar.interface.words import reader_language

# Place -> address names, the first that exists is taken; rooms above may not be there (tests).
PLACES: dict[str, tuple[str, ...]] = {
    "home": ("portal:home", "portal:start", "home"),
    "search": ("portal:search", "search"),
    "calls": ("portal:calls", "calls:calls", "calls:index", "calls:list"),
    "places": ("portal:places", "places:list"),
    "programmes": ("portal:programmes", "programmes:index"),
    "agreements": ("agreements:index",),
    "law": ("portal:law", "portal:procedures", "procedures:procedures"),
    "desk": ("desk:desk", "desk:home", "desk:start"),
    "journal": ("journal:journal",),
    "health": ("server:health",),
    "papers": ("documents:ask_code",),
    "policy": ("privacy:policy",),
    "sign_in": (settings.LOGIN_URL, "parties:sign_in", "parties:sign-in"),
    "sign_out": ("sign-out", "parties:sign_out", "parties:sign-out"),
}


def page(request: HttpRequest) -> dict[str, Any]:
    """Return what base.html shows around every page."""
    language = reader_language()
    return {
        "language": language,
        "languages": _languages(request, language),
        "is_demonstration": settings.ASHAR_DEMONSTRATION,
        "links": {place: address(*names) for place, names in PLACES.items()},
    }


def address(*names: str) -> str:
    """Return the address of the first of these names that exists, else nothing."""
    for name in names:
        try:
            return reverse(name)
        except NoReverseMatch:
            continue
    return ""


def _languages(request: HttpRequest, language: str) -> list[dict[str, Any]]:
    """Return this same page in each language."""
    start = f"/{language}/"
    path = request.get_full_path()
    rest = path.removeprefix(start) if path.startswith(start) else ""
    return [
        {"code": code, "name": name, "url": f"/{code}/{rest}", "is_current": code == language}
        for code, name in settings.LANGUAGES
    ]
