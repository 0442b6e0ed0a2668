"""Words, money, days, charts and the stage ribbon in templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from ashar.interface import charts, words
from ashar.kernel.money import Som

register = template.Library()
SHEET = "ashar/ashar.css"


@register.filter
def som(value: object) -> str:
    """Write an amount for the reader: 1 234,56 сом."""
    return value.say(words.reader_language()) if isinstance(value, Som) else ""


@register.filter
def named(thing: object, stem: str = "name") -> str:
    """Write the name (or the `title`) of a thing in the reader's language."""
    return words.named(thing, stem)


@register.filter
def say(wording: Any) -> str:
    """Write anything that can say itself in a language."""
    return wording.say(words.reader_language()) if hasattr(wording, "say") else str(wording or "")


@register.filter
def day(value: date | None) -> str:
    """Write a day in words: 2026-жылдын 21-ноябры."""
    if value is None:
        return ""
    shown = timezone.localtime(value) if isinstance(value, datetime) else value
    return words_of_day(shown)


@register.filter
def moment(value: datetime | None) -> str:
    """Write a day and an hour, Bishkek time."""
    if value is None:
        return ""
    shown = timezone.localtime(value)
    return f"{words_of_day(shown)}, {shown:%H:%M}"


def words_of_day(value: date) -> str:
    """Write a day as the language does."""
    return formats.date_format(value, "DATE_FORMAT")


@register.filter
def count(value: int | None) -> str:
    """Write a whole number with spaces between thousands."""
    return "" if value is None else f"{value:,}".replace(",", "\u00a0")


@register.inclusion_tag("_ribbon.html")
def ribbon(steps: Iterable[Any]) -> dict[str, Any]:
    """Draw the stages of a case; each has `title` and `is_passed`, `is_present`."""
    return {"steps": list(steps)}


@register.inclusion_tag("_errors.html")
def form_errors(*forms: Any) -> dict[str, Any]:
    """List every mistake of these forms, each with a link to its field."""
    faulty = [form for form in forms if form and form.is_bound and any(form.summary())]
    return {"forms": faulty}


@register.simple_tag
def bar_chart(title: str, rows: Iterable[tuple[str, Any]], unit: str = "") -> SafeString:
    """Draw bars for (label, value) rows, with the same numbers as a table."""
    return charts.bar_chart(title, rows, unit=unit)


@register.simple_tag
def chart(drawn: charts.Chart | SafeString) -> SafeString:
    """Show a chart that the view prepared."""
    return mark_safe(str(drawn))  # noqa: S308 - made by ashar.interface.charts


@register.simple_tag(takes_context=True)
def stylesheet(context: Mapping[str, Any]) -> SafeString:
    """Give the look: inside the page for visitors (fast first page), one cached file for staff."""
    user = context.get("user")
    if user is not None and getattr(user, "is_authenticated", False):
        return format_html('<link rel="stylesheet" href="{}">', static(SHEET))
    return mark_safe(f"<style>{sheet_text()}</style>")  # noqa: S308 - our own committed file


def sheet_text() -> str:
    """Return the whole stylesheet; read once, but again at each change while developing."""
    return _read() if not settings.DEBUG else _read.__wrapped__()


@lru_cache(maxsize=1)
def _read() -> str:
    found = finders.find(SHEET) or Path(settings.STATIC_ROOT) / SHEET
    text = Path(str(found)).read_text(encoding="utf-8")
    return text.split("*/", 1)[-1].strip()  # the comment on origin is for those who open the file
