"""The country in figures and on the map, and the search over everything published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.db.models import Count, Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from ashar.agreements.models import Agreement, AgreementFunding
from ashar.calls.models import Call
from ashar.cases.models import Case
from ashar.indicators.models import Indicator, Observation
from ashar.interface.context import address
from ashar.interface.maps import Point
from ashar.kernel.text import search_key
from ashar.needs.models import Need
from ashar.parties.models import Organisation
from ashar.places.models import Territory
from ashar.places.queries import find, map_points
from ashar.portal.core import Figure
from ashar.portal.queries.chain import result_figures
from ashar.portal.queries.place import NOTHING, SourceMoney
from ashar.programmes.choices import FundingSource

FOUND = 20
MOST_PLACES = 60


@dataclass(frozen=True)
class CountryFigure:
    """One number of the national page, with the list of the records behind it."""

    title: str
    value: int
    url: str


def published() -> QuerySet[Case]:
    """Return every case that everybody may read."""
    return Case.objects.filter(is_public=True)


def country_figures() -> list[CountryFigure]:
    """Return the numbers of the national page, each with the list that it counts.

    What belongs to the demonstration is not counted as the country's.
    """
    real = Q(case__is_public=True, case__territory__is_demonstration=False)
    needs = Need.objects.filter(
        study__case__is_public=True, study__case__territory__is_demonstration=False
    )
    municipal = published().filter(territory__is_demonstration=False)
    places = municipal.exclude(territory__kind="country").values("territory").distinct()
    return [
        CountryFigure(_("municipalities with published cases"), places.count(), "#places"),
        CountryFigure(_("needs voiced"), needs.count(), address("needs:needs")),
        CountryFigure(
            _("calls for proposals"), Call.objects.filter(real).count(), address("calls:index")
        ),
        CountryFigure(
            _("agreements"), Agreement.objects.filter(real).count(), address("agreements:index")
        ),
    ]


PILOT_MONEY = ("local_budget_giz", "local_budget_own", "attracted")
PILOT = ("municipalities_studied", "participants", "services", "people_served")


@dataclass(frozen=True)
class Pilot:
    """What an archive tells of the whole country: its case and its main figures."""

    case: Case
    figures: tuple[Figure, ...]
    money: tuple[Figure, ...]


def pilot() -> Pilot | None:
    """Return the archived work of the whole country; None where no archive was entered."""
    seen = Observation.objects.filter(replaced_by__isnull=True, case__is_public=True)
    rows = list(
        Indicator.objects.filter(case__territory__kind="country", case__source__gt="")
        .select_related("case__territory")
        .prefetch_related(Prefetch("observations", seen))
    )
    if not rows:
        return None
    by_key = {one.key: one for one in rows}
    main = [by_key[key] for key in PILOT if key in by_key]
    return Pilot(
        case=rows[0].case,
        figures=result_figures(main),
        money=result_figures(by_key[key] for key in PILOT_MONEY if key in by_key),
    )


def country_money() -> list[SourceMoney]:
    """Return the money of all published agreements by source, without the demonstration."""
    rows = (
        AgreementFunding.objects.filter(
            agreement__case__is_public=True,
            agreement__case__territory__is_demonstration=False,
        )
        .values("source")
        .annotate(agreed=Sum("planned"), came=Sum("actual"))
        .order_by("source")
    )
    return [
        SourceMoney(
            row["source"],
            str(FundingSource(row["source"]).label),
            row["agreed"] or NOTHING,
            row["came"] or NOTHING,
        )
        for row in rows
    ]


def active_places() -> list[Territory]:
    """Return the municipalities with published cases, those with most first."""
    # Counted before the places are read: one pass over the cases, without their names.
    counted = dict(
        published()
        .exclude(territory__kind="country")
        .values_list("territory")
        .annotate(number=Count("pk"))
        .order_by("-number", "territory__sort_key")
        .values_list("territory", "number")[:MOST_PLACES]
    )
    found = Territory.objects.select_related("parent__parent__parent").in_bulk(list(counted))
    return [found[pk] for pk in counted]


def country_points(places: list[Territory]) -> list[Point]:
    """Return the dots of the map: every settlement, and the places with published cases large."""
    settlements = map_points()
    points = [Point(name=one.label_ru, lat=one.lat, lon=one.lon) for one in settlements]
    for place in places:
        where = _where(place, settlements)
        if where is not None and not place.is_demonstration:
            points.append(
                Point(
                    place.title,
                    *where,
                    href=place.get_absolute_url(),
                    label=place.name,
                )
            )
    return points


def _where(place: Territory, settlements: Any) -> tuple[float, float] | None:
    """Return the place's own point, else the middle of its settlements; None when unknown."""
    if place.lat is not None and place.lon is not None:
        return place.lat, place.lon
    inside = [one for one in settlements if one.path.startswith(place.path)]
    if not inside:
        return None
    return (
        sum(one.lat for one in inside) / len(inside),
        sum(one.lon for one in inside) / len(inside),
    )


@dataclass(frozen=True)
class FoundGroup:
    """What a search found of one kind."""

    title: str
    rows: list[tuple[str, str, str]]  # name, address, where

    @property
    def is_cut(self) -> bool:
        """Whether there may be more than is shown."""
        return len(self.rows) >= FOUND


def search_everything(text: str) -> list[FoundGroup]:
    """Return what is published and meant by the text, in any of the spellings."""
    key = search_key(text)[:100]
    if not key:
        return []
    places = [(one.label, one.get_absolute_url(), "") for one in find(text)[:FOUND]]
    needs = Need.objects.filter(study__case__is_public=True).select_related(
        "study__case__territory"
    )
    groups = [
        FoundGroup(_("Places"), places),
        FoundGroup(
            _("Needs"),
            [
                (_said(one), one.get_absolute_url(), one.study.case.territory.title)
                for one in _matching(needs, key)
            ],
        ),
        FoundGroup(_("Cases"), _cases(key)),
        FoundGroup(
            _("Organisations"),
            [
                (str(one), f"{address('agreements:index')}?q={quote(one.name_ru)}", "")
                for one in _organisations(key)
            ],
        ),
    ]
    return [group for group in groups if group.rows]


def _organisations(key: str) -> QuerySet[Organisation]:
    """Return the organisations that do or order something published."""
    return (
        Organisation.objects.filter(search_key__contains=key)
        .filter(pk__in=Agreement.objects.filter(case__is_public=True).values("contractor_id"))
        .in_alphabet()[:FOUND]
    )


def _said(need: Need) -> str:
    return need.title_ky or need.title_ru


def _matching(needs: QuerySet[Need], key: str) -> QuerySet[Need]:
    return needs.filter(search_key__contains=key).order_by("-pk")[:FOUND]


def _cases(key: str) -> list[tuple[str, str, str]]:
    found = (
        published()
        .filter(search_key__contains=key)
        .select_related("territory")
        .order_by("-opened_at")[:FOUND]
    )
    return [(str(one), one.get_absolute_url(), one.territory.title) for one in found]
