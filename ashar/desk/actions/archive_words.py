"""Words with which the archive is entered: units, the source, how surely a place is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

# Needs of the slides whose key in the catalogue of needs is another.
TOPICS = {
    "training": "information_training",
    "children_day_centre": "day_centre_children",
    "youth_information_centre": "youth_centre",
    "older_people_day_centre": "day_centre_older",
    "disabled_children_and_older_people": "support_children_older",
    "legal_aid": "legal_aid_orphans",
    "jobs": "jobs_disability",
}
UNITS = {
    "children": _("children"),
    "people": _("people"),
    "som": _("som"),
    "villages": _("villages"),
    "visits": _("visits"),
    "programmes": _("programmes"),
    "kinds": _("kinds"),
    "plans": _("plans"),
    "practicums": _("practical trainings"),
    "organisations": _("organisations"),
    "videos": _("videos"),
    "events": _("events"),
    "works": _("works"),
    "municipalities": _("municipalities"),
    "services": _("services"),
    "issues": _("issues"),
}
# The key stays beside the words: the public pages and the data tell the place's confidence by it.
CONFIDENCE = {
    "likely": _("likely this place"),
    "inferred": _("inferred from other places of the source"),
    "ambiguous": _("several places bear this name"),
    "not found": _("not found in the register"),
}


def spoken(words: Any) -> dict[str, str]:
    """Return words of the catalogue in Kyrgyz and in Russian."""
    said = {}
    for tongue in ("ky", "ru"):
        with override(tongue):
            said[tongue] = str(words)
    return said


def unit_words(unit: str) -> dict[str, str]:
    """Return a unit of the archive in words; a figure without a unit has none."""
    return spoken(UNITS[unit]) if unit else {"ky": "", "ru": ""}


def source_words(source: Mapping[str, Any], slide: str) -> str:
    """Return the document and the slide in the language of the source."""
    return f"{source['author']}, «{source['title']['ru']}» ({source['dated']}): «{slide}»."


def place_words(place: Mapping[str, Any] | None) -> str:
    """Return the place as the source writes it, and how surely it is known which one it is."""
    if place is None:
        return ""
    confidence = place["confidence"]
    if confidence == "exact":
        return f"{place['name']}."
    words = spoken(CONFIDENCE[confidence])
    return f"{place['name']} ({confidence}: {words['ky']} / {words['ru']})."
