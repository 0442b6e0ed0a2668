"""Small pieces of the public pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.interface.charts import stacked_bar
from ashar.interface.maps import Point, country_map
from ashar.interface.words import reader_language
from ashar.portal.queries.chain import SourceMoney

register = template.Library()

KINDS = {
    "need": gettext_lazy("Need"),
    "study": gettext_lazy("Needs study"),
    "gathering": gettext_lazy("Gathering"),
    "measure": gettext_lazy("Measure"),
    "call": gettext_lazy("Call"),
    "agreement": gettext_lazy("Agreement"),
    "tranche": gettext_lazy("Tranche"),
    "report": gettext_lazy("Report"),
    "visit": gettext_lazy("Monitoring visit"),
    "evaluation": gettext_lazy("Evaluation"),
}


@register.filter
def in_tongue(text: Mapping[str, str]) -> str:
    """Say a text that is kept in several languages in the reader's, else in one it has."""
    for tongue in (reader_language(), "ky", "ru", "en"):
        if text.get(tongue):
            return text[tongue]
    return ""


@register.simple_tag
def link_kind(kind: str) -> str:
    """Name a link of the chain."""
    return str(KINDS.get(kind, kind))


@register.simple_tag
def draw_map(points: Iterable[Point]) -> SafeString:
    """Draw the country by its settlements."""
    return country_map(_("Settlements of the country"), points)


@register.simple_tag
def money_chart(money: list[SourceMoney]) -> SafeString:
    """Draw the money by its source: planned, and what came, with the table of the same."""
    rows = [(line.label, (line.planned, line.actual)) for line in money]
    names = (_("planned"), _("actual"))
    return stacked_bar(_("Money by source"), names, rows, unit=_("som"))


@register.filter
def picture(svg: str) -> SafeString:
    """Put a picture drawn by the procedures room on the page: its texts are escaped there."""
    return mark_safe(svg)  # noqa: S308 - drawn by ourselves from the law files
