"""Words with which the archive is entered: units, the source, how surely a place is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

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
# Each unit in the number that its figure asks for (18 детей, 2 практикума).
UNITS: Mapping[str, Callable[[int], str]] = {
    "children": lambda number: ngettext("child", "children", number),
    "people": lambda number: ngettext("person", "people", number),
    "som": lambda number: ngettext("som", "som", number),
    "villages": lambda number: ngettext("village", "villages", number),
    "visits": lambda number: ngettext("visit to a family", "visits to families", number),
    "programmes": lambda number: ngettext("programme", "programmes", number),
    "kinds": lambda number: ngettext("kind", "kinds", number),
    "plans": lambda number: ngettext("plan", "plans", number),
    "practicums": lambda number: ngettext("practical training", "practical trainings", number),
    "organisations": lambda number: ngettext("organisation", "organisations", number),
    "videos": lambda number: ngettext("video", "videos", number),
    "events": lambda number: ngettext("event", "events", number),
    "works": lambda number: ngettext("piece of music", "pieces of music", number),
    "municipalities": lambda number: ngettext("municipality", "municipalities", number),
    "services": lambda number: ngettext("service", "services", number),
    "issues": lambda number: ngettext("issue", "issues", number),
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


def unit_words(figure: Mapping[str, Any]) -> dict[str, str]:
    """Return the unit of a figure in words; a figure without a unit has none."""
    unit = figure.get("unit")
    if not unit:
        return {"ky": "", "ru": ""}
    said = {}
    for tongue in ("ky", "ru"):
        with override(tongue):
            said[tongue] = UNITS[unit](figure["value"])
    return said


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
