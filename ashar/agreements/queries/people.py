"""Reads of the people that a report counts: by village, age, sex and disability."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from ashar.agreements.models import Agreement, Report
from ashar.events.choices import Sex
from ashar.events.queries import AGE_BANDS, words_of
from ashar.indicators.models import Indicator
from ashar.indicators.queries import Result, seen_in
from ashar.kernel.counts import suppress, suppress_rest
from ashar.people.queries.small_counts import threshold
from ashar.places.models import Territory

NOT_SHOWN = "…"
Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Part:
    """A part of the people in words: "women", "10"."""

    title: str
    value: str


def age_bands() -> dict[str, str]:
    """Return the age bands by key, in the reader's language."""
    return words_of(AGE_BANDS)


def villages_of(agreement: Agreement) -> list[Territory]:
    """Return the villages of the municipality of the agreement."""
    place = agreement.case.territory
    villages = list(Territory.objects.filter(path__startswith=place.path).exclude(pk=place.pk))
    return villages or [place]


def people_rows(indicator: Indicator, report: Report) -> list[dict[str, Any]]:
    """Return the people of the report in rows of a village and an age band each."""
    rows: dict[tuple[int | None, str], dict[str, int]] = {}
    for one in seen_in(indicator, report.case):
        crossing = one.crossing
        if not crossing.sex or not one.value:
            continue
        row = rows.setdefault((crossing.territory, crossing.age_band), {})
        number = int(one.value)
        row[crossing.sex] = row.get(crossing.sex, 0) + number
        if crossing.with_disability:
            within = f"{crossing.sex}_with_disability"
            row[within] = row.get(within, 0) + number
    return [
        {"territory": str(place), "age_band": band, **counts}
        for (place, band), counts in rows.items()
    ]


def split_of(result: Result, *, place: Territory | None = None) -> list[Part]:
    """Return a result by sex, disability, age and village, in words; empty when not split.

    Reports are published: parts in which somebody could be recognised are three dots.
    """
    totals, least = result.totals, threshold(place).least
    if not totals.by_sex or totals.whole is None:
        return []
    parts = [
        Part(str(Sex(sex).label), _said(number))
        for sex, number in suppress(_whole(totals.by_sex), least=least).items()
    ]
    disabled = suppress_rest(int(totals.with_disability), int(totals.whole), least=least)
    parts.append(Part(_("with disability"), _said(disabled)))
    bands = age_bands()
    ages = suppress(_whole(totals.by_age), least=least)
    parts += [Part(bands.get(k, k), _said(v)) for k, v in ages.items() if v != 0]
    places = Territory.objects.in_bulk(list(totals.by_village))
    villages = suppress(_whole(totals.by_village), least=least)
    return [*parts, *(Part(places[k].title, _said(v)) for k, v in villages.items() if v != 0)]


def _whole(parts: Mapping[Name, Decimal]) -> dict[Name, int]:
    return {name: int(number) for name, number in parts.items()}


def _said(number: int | None) -> str:
    return NOT_SHOWN if number is None else str(number)
