"""Reads of places: finding by name, walking up and down, then and now, points of the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from ashar.places.choices import MUNICIPAL_KINDS, Kind
from ashar.places.core import asked_name, exact_key, spelling_key
from ashar.places.models import CODE_LENGTH, Succession, Territory

# The fictitious aimak of the demonstration; its code begins like no real oblast.
DEMONSTRATION_AIMAK = "41799299899000"
POINTS_CACHE = "places.map_points"
_POINTS_SECONDS = 60 * 60
# Shorter than this, a tolerant spelling matches half the country.
_TOLERANT_FROM = 3
_LONGEST_QUESTION = 100  # signs; the longest name in the register has 92
_BEST, _BEGINS, _WORD_BEGINS, _CONTAINS, _SPELT = range(5)


@dataclass(frozen=True)
class MapPoint:
    """One settlement on the map of the country; degrees of WGS 84."""

    code: str
    label_ky: str
    label_ru: str
    label_en: str
    lat: float
    lon: float
    path: str


@dataclass(frozen=True)
class Share:
    """A unit of today and which part of an old unit it took over; None when nobody knows."""

    territory: Territory
    share: float | None


def territories() -> QuerySet[Territory]:
    """Every unit of every period, with the units above it for its label."""
    return Territory.objects.select_related("parent__parent__parent__parent")


def current() -> QuerySet[Territory]:
    """Units that still exist as far as the sources say."""
    return territories().filter(valid_to__isnull=True)


def municipalities() -> QuerySet[Territory]:
    """Units of today with a budget and a kenesh of their own."""
    return current().filter(kind__in=MUNICIPAL_KINDS)


def territory(code: str, on: date | None = None) -> Territory:
    """Return the unit of this code as it was on a day; the latest known without a day.

    Raises Territory.DoesNotExist when there is none.
    """
    if on is not None:
        return as_then(code, on)
    newest_first = F("valid_from").desc(nulls_last=True)
    found = territories().filter(code=code).order_by(newest_first).first()
    if found is None:
        raise Territory.DoesNotExist(code)
    return found


def as_then(code: str, on: date) -> Territory:
    """Return the unit of this code as it was on a day; raises Territory.DoesNotExist."""
    found = (
        territories()
        .filter(code=code)
        .filter(Q(valid_from__isnull=True) | Q(valid_from__lte=on))
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
        .order_by(F("valid_from").desc(nulls_last=True))
        .first()
    )
    if found is None:
        raise Territory.DoesNotExist(f"{code} {on}")
    return found


def inside(place: Territory) -> QuerySet[Territory]:
    """Everything that lies in a unit at any depth, itself included: one query."""
    return territories().filter(inside_by("", place))


def inside_by(field: str, place: Territory) -> Q:
    """Condition that a record's place lies in a unit; `field` leads to it: `case__territory`."""
    prefix = f"{field}__" if field else ""
    if not place.path:  # an empty beginning would be the whole country
        return Q(**{f"{prefix}pk": place.pk})
    return Q(**{f"{prefix}path__startswith": place.path})


def children(place: Territory) -> QuerySet[Territory]:
    """Units directly below, those of today."""
    return current().filter(parent=place).order_by("sort_key", "code")


def villages_of(place: Territory) -> QuerySet[Territory]:
    """Villages of a municipality, at any depth, in Kyrgyz order."""
    return (
        inside(place).filter(kind=Kind.VILLAGE, valid_to__isnull=True).order_by("sort_key", "code")
    )


def ancestors(place: Territory) -> list[Territory]:
    """Units this one lies in, from the country down; one query."""
    found = Territory.objects.filter(code__in=place.ancestor_codes).in_bulk()
    above: list[Territory] = []
    parent_pk = place.parent_id
    while parent_pk is not None:
        above.append(found[parent_pk])
        parent_pk = found[parent_pk].parent_id
    return above[::-1]


def municipality_of(place: Territory) -> Territory | None:
    """The nearest unit with a kenesh: the unit itself or one above it; None for a district."""
    nearest_first = [place, *reversed(ancestors(place))]
    return next((unit for unit in nearest_first if unit.is_municipality), None)


def find(
    text: str, *, kinds: Iterable[str] = (), among: QuerySet[Territory] | None = None
) -> QuerySet[Territory]:
    """Places whose name in any of three languages is meant by this text, best first.

    Spelling with or without Kyrgyz letters, in Russian or in Latin, finds alike. Every place of
    the name is listed, each with its district in its label: the reader chooses, never we.
    """
    rows = territories() if among is None else among
    if kinds := tuple(kinds):
        rows = rows.filter(kind__in=kinds)
    text = text.strip()[:_LONGEST_QUESTION]
    if (asked := text).isdigit() and asked.isascii():
        return rows.filter(code__startswith=asked).order_by("code")
    key, spelt = exact_key(asked_name(text)), spelling_key(asked_name(text))
    if not key:
        return rows.none()
    condition = Q(search_key__contains=key)
    if len(spelt) >= _TOLERANT_FROM:
        condition |= Q(spelling_key__contains=f"|{spelt}")
    return (
        rows.filter(condition)
        .annotate(nearness=_nearness(key))
        .order_by("nearness", "level", "sort_key", "code")
    )


def _nearness(key: str) -> Case:
    return Case(
        When(search_key__contains=f"|{key}|", then=Value(_BEST)),
        When(search_key__contains=f"|{key}", then=Value(_BEGINS)),
        When(search_key__contains=f" {key}", then=Value(_WORD_BEGINS)),
        When(search_key__contains=key, then=Value(_CONTAINS)),
        default=Value(_SPELT),
        output_field=IntegerField(),
    )


def as_now(place: Territory) -> list[Share]:
    """Units of today that took over an old unit, through any number of successions.

    A unit without a successor is its own. A share is None as soon as one step is unknown.
    """
    steps = _steps()
    ends: list[Share] = []
    waiting: list[tuple[int, float | None]] = [(place.pk, 1.0)]
    seen: set[int] = set()
    while waiting:
        pk, share = waiting.pop()
        if pk in seen:
            continue
        seen.add(pk)
        following = steps.get(pk, [])
        if not following:
            ends.append(Share(territories().get(pk=pk), share))
        waiting += [(step.successor_id, _part(share, step)) for step in following]
    return sorted(ends, key=lambda end: end.territory.code)


def area_then(place: Territory, on: date) -> list[Territory]:
    """Units that on a day made up what is today this unit: itself and those it absorbed later."""
    found, waiting = {place.pk}, [place.pk]
    while waiting:
        later = Succession.objects.filter(successor_id__in=waiting, on__gte=on)
        waiting = [pk for pk in later.values_list("predecessor_id", flat=True) if pk not in found]
        found.update(waiting)
    return list(territories().filter(pk__in=found).order_by("level", "sort_key", "code"))


def _steps() -> Mapping[int, list[Succession]]:
    steps: dict[int, list[Succession]] = {}
    for step in Succession.objects.order_by("pk"):
        steps.setdefault(step.predecessor_id, []).append(step)
    return steps


def _part(share: float | None, step: Succession) -> float | None:
    if share is None or step.share is None:
        return None
    return share * float(step.share)


def map_points() -> tuple[MapPoint, ...]:
    """Villages with known coordinates, for the map of the country: one query, then cached."""
    points: tuple[MapPoint, ...] | None = cache.get(POINTS_CACHE)
    if points is None:
        points = _read_points()
        cache.set(POINTS_CACHE, points, _POINTS_SECONDS)
    return points


def _read_points() -> tuple[MapPoint, ...]:
    rows = current().filter(
        kind=Kind.VILLAGE, lat__isnull=False, lon__isnull=False, is_demonstration=False
    )
    return tuple(
        MapPoint(
            code=row.code,
            label_ky=row.label_in("ky"),
            label_ru=row.label_in("ru"),
            label_en=row.label_in("en"),
            lat=row.lat,
            lon=row.lon,
            path=row.path,
        )
        for row in rows.order_by("code")
        if row.lat is not None and row.lon is not None
    )


def is_code(text: str) -> bool:
    """Whether a text could be a SOATE code: judged by length only, codes change with reforms."""
    return len(text) == CODE_LENGTH and text.isascii() and text.isdigit()
