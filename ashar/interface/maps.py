"""The country drawn from the coordinates of its settlements: facts, no boundary line."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

# Degrees that hold every settlement of the Kyrgyz Republic with a margin.
WEST, EAST, SOUTH, NORTH = 69.0, 80.4, 39.1, 43.4
MIDDLE = math.cos(math.radians((SOUTH + NORTH) / 2))
WIDTH = 800
HEIGHT = round(WIDTH * (NORTH - SOUTH) / ((EAST - WEST) * MIDDLE))
_LABELS_THAT_FIT = 14
LABEL_WIDTH, LABEL_HEIGHT = 0.2, 0.06  # shares of the map


@dataclass(frozen=True)
class Point:
    """A place on the map; with an address it is shown large, with its name, as a link."""

    name: str
    lat: float
    lon: float
    href: str = ""
    label: str = ""
    kind: str = "settlement"
    weight: int = 1


def country_map(title: str, points: Iterable[Point], *, empty: str = "") -> SafeString:
    """Draw dots for all places; the linked ones also stand in a list beside the map."""
    listed = list(points)
    marked = [point for point in listed if point.href]
    dots = _dots(point for point in listed if not point.href)
    named = _that_fit(marked) if len(marked) <= _LABELS_THAT_FIT else set()
    marks = "".join(
        _mark(point, has_label=point in named)
        for point in sorted(marked, key=lambda point: point.lat, reverse=True)
    )
    svg = (
        f'<svg class="ashar-map__picture" role="group" aria-label="{escape(title)}"'
        f' style="aspect-ratio:{WIDTH}/{HEIGHT}" xmlns="http://www.w3.org/2000/svg">'
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" aria-hidden="true">{dots}</svg>{marks}</svg>'
    )
    return format_html(
        '<div class="ashar-map"><div>{}</div>{}</div>',
        mark_safe(svg),  # noqa: S308 - every text in it was escaped
        _beside(marked, empty),
    )


def _that_fit(marked: Iterable[Point]) -> set[Point]:
    """Return the points whose names do not cover a name drawn before."""
    named: set[Point] = set()
    for point in sorted(marked, key=lambda point: point.lat, reverse=True):
        x, y = placed(point.lat, point.lon)
        others = (placed(one.lat, one.lon) for one in named)
        if all(abs(x - left) > LABEL_WIDTH or abs(y - top) > LABEL_HEIGHT for left, top in others):
            named.add(point)
    return named


def placed(lat: float, lon: float) -> tuple[float, float]:
    """Return where a place stands, as shares of the width and height of the map."""
    return (lon - WEST) / (EAST - WEST), (NORTH - lat) / (NORTH - SOUTH)


def _dots(points: Iterable[Point]) -> str:
    """One path for each kind: a thousand dots in a few kilobytes."""
    places: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for point in points:
        x, y = placed(point.lat, point.lon)
        places[point.kind].add((round(x * WIDTH), round(y * HEIGHT)))
    return "".join(
        f'<path class="ashar-map__dots ashar-map__dots--{escape(kind)}" d="{_path(dots)}"/>'
        for kind, dots in sorted(places.items())
    )


def _path(dots: Iterable[tuple[int, int]]) -> str:
    """Write each dot as a line of no length, from the one before: round ends make it a dot."""
    steps, before = [], (0, 0)
    for x, y in sorted(dots):
        down = y - before[1]
        steps.append(f"m{x - before[0]}{'' if down < 0 else ' '}{down}h0")
        before = (x, y)
    return "".join(steps)


def _mark(point: Point, *, has_label: bool) -> str:
    x, y = placed(point.lat, point.lon)
    name = escape(point.label or point.name)
    radius = min(6 + int(math.log2(max(point.weight, 1))), 12)
    is_east = x > 0.7  # noqa: PLR2004 - the name would leave the map on the right
    side = f'dx="{-radius - 5}" text-anchor="end"' if is_east else f'dx="{radius + 5}"'
    where = f'="{x * 100:.1f}%"', f'="{y * 100:.1f}%"'
    label = f"<text x{where[0]} y{where[1]} dy='5' {side}>{name}</text>" if has_label else ""
    return (
        f'<a href="{escape(point.href)}" aria-label="{name}">'
        f'<circle cx{where[0]} cy{where[1]} r="16" fill="transparent"/>'
        f'<circle class="ashar-map__mark ashar-map__mark--{escape(point.kind)}" cx{where[0]}'
        f' cy{where[1]} r="{radius}"><title>{name}</title></circle>{label}</a>'
    )


def _beside(marked: list[Point], empty: str) -> SafeString:
    if not marked:
        return format_html('<p class="govuk-body">{}</p>', empty) if empty else SafeString()
    items = format_html_join(
        "",
        '<li><a class="govuk-link" href="{}">{}</a></li>',
        ((point.href, point.label or point.name) for point in marked),
    )
    return format_html('<ul class="govuk-list ashar-map__list">{}</ul>', items)
