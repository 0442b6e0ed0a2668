"""Reads of the people that a report counts: by village, age, sex and disability."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from ashar.agreements.models import Agreement, Report
from ashar.events.choices import Sex
from ashar.events.queries import AGE_BANDS, words_of
from ashar.indicators.core import plain_number
from ashar.indicators.models import Indicator
from ashar.indicators.queries import Result, seen_in
from ashar.places.models import Territory


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


def split_of(result: Result) -> list[Part]:
    """Return a result by sex, disability, age and village, in words; empty when not split."""
    totals = result.totals
    parts = [
        Part(str(Sex(sex).label), plain_number(number)) for sex, number in totals.by_sex.items()
    ]
    if not parts:
        return []
    parts.append(Part(_("with disability"), plain_number(totals.with_disability)))
    bands = age_bands()
    parts += [Part(bands.get(k, k), plain_number(v)) for k, v in totals.by_age.items() if v]
    places = Territory.objects.in_bulk(list(totals.by_village))
    parts += [Part(places[k].title, plain_number(v)) for k, v in totals.by_village.items() if v]
    return parts
