"""Small pieces of the public pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.indicators.choices import Bound
from ashar.interface.charts import bar_chart
from ashar.interface.maps import Point, country_map
from ashar.interface.templatetags.ashar import words_of_day
from ashar.interface.words import reader_language
from ashar.portal.core import Figure
from ashar.portal.queries.place import SourceMoney

register = template.Library()

KINDS = {
    "need": gettext_lazy("Need"),
    "study": gettext_lazy("Needs study"),
    "gathering": gettext_lazy("Gathering"),
    "measure": gettext_lazy("Measure of the programme"),
    "call": gettext_lazy("Call for proposals"),
    "agreement": gettext_lazy("Agreement"),
    "tranche": gettext_lazy("Tranche"),
    "report": gettext_lazy("Report"),
    "visit": gettext_lazy("Monitoring visit"),
    "finding": gettext_lazy("Finding"),
    "evaluation": gettext_lazy("Evaluation"),
}
CONFIDENCE = {
    "likely": gettext_lazy("The source names a place that is likely this one"),
    "inferred": gettext_lazy("The place was inferred from others that the source names"),
    "ambiguous": gettext_lazy("Several places bear the name that the source gives"),
    "not found": gettext_lazy("The place that the source names is not in the register"),
}
BOUNDS = {
    Bound.ABOUT: gettext_lazy("about %(amount)s"),
    Bound.AT_LEAST: gettext_lazy("at least %(amount)s"),
    Bound.MORE_THAN: gettext_lazy("more than %(amount)s"),
}
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"-?\d+(\.\d+)?")
MARK = re.compile(r"\s*\[[a-z0-9-]+:[a-z0-9_/]+\]$")
GAP = "\u00a0"


@register.filter
def in_tongue(text: Mapping[str, str]) -> str:
    """Say a text that is kept in several languages in the reader's, else in one it has."""
    for tongue in (reader_language(), "ky", "ru", "en"):
        if text.get(tongue):
            return text[tongue]
    return ""


@register.filter
def written(value: str) -> str:
    """Write a number, a day or other words of a figure as the reader's language does."""
    if DAY.fullmatch(value):
        return words_of_day(date.fromisoformat(value))
    if NUMBER.fullmatch(value):
        whole, _point, part = value.partition(".")
        grouped = f"{int(whole):,}".replace(",", GAP)
        return f"{grouped},{part}" if part else grouped
    return value


@register.filter
def amount(figure: Figure) -> str:
    """Say a figure: how exact it is, its value and its unit; or that the source has none."""
    if not figure.value:
        return "" if figure.target else _("the source gives no figure")
    unit = "" if figure.key == "survey" else in_tongue(figure.unit)
    said = f"{written(figure.value)} {unit}".strip()
    return str(BOUNDS[Bound(figure.bound)]) % {"amount": said} if figure.bound else said


@register.filter
def aim(figure: Figure) -> str:
    """Say what was promised beside what came; empty where they are the same or nobody said."""
    if not figure.target or figure.target == figure.value:
        return ""
    target = written(figure.target)
    if figure.key == "survey":
        said = {"asked": target, "round": in_tongue(figure.unit)}
        return _("of %(asked)s people asked, %(round)s") % said
    return _("(planned %(target)s)") % {"target": f"{target} {in_tongue(figure.unit)}".strip()}


@register.simple_tag
def link_kind(kind: str) -> str:
    """Name a link of the chain."""
    return str(KINDS.get(kind, kind))


@register.filter
def confidence(key: str) -> str:
    """Say how surely the place of an archived case is known."""
    return str(CONFIDENCE.get(key, ""))


@register.filter
def without_mark(source: str) -> str:
    """Say a source without the sign by which the archive knows its cases again."""
    return MARK.sub("", source)


@register.simple_tag
def draw_map(points: Iterable[Point]) -> SafeString:
    """Draw the country by its settlements."""
    return country_map(_("Settlements of the country"), points)


@register.simple_tag
def money_chart(money: list[SourceMoney]) -> SafeString:
    """Draw the money agreed by its source, with the table of the same."""
    rows = [(line.label, line.planned) for line in money]
    return format_html("{}", bar_chart(_("Money agreed, by source"), rows))


@register.simple_tag
def pilot_chart(figures: Iterable[Figure]) -> SafeString:
    """Draw the money of the archived pilot by its source; the source rounds every sum."""
    rows = [(in_tongue(one.title), int(one.value)) for one in figures if one.value]
    title = _("Who paid for the pilot, som (rounded in the source)")
    return format_html("{}", bar_chart(title, rows))


@register.filter
def picture(svg: str) -> SafeString:
    """Put a picture drawn by the procedures room on the page: its texts are escaped there."""
    return mark_safe(svg)  # noqa: S308 - drawn by ourselves from the law files
