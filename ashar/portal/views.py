"""Pages for everybody: the country, a place and its chain, search, and the law as text."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ashar.cases.queries import language, law
from ashar.places.models import Territory
from ashar.places.queries import territory
from ashar.portal.queries.chain import chain, chain_of
from ashar.portal.queries.country import (
    active_places,
    country_figures,
    country_money,
    country_points,
    pilot,
    search_everything,
)
from ashar.portal.queries.place import (
    agreed,
    below,
    lines_of,
    money_by_source,
    paid_so_far,
    reached,
    units_above,
)
from ashar.portal.queries.records import announced_gatherings, open_calls, records_of
from ashar.procedures.draw import svg
from ashar.procedures.explain import explain
from ashar.procedures.library import NoSuchProcedure

LONGEST_SEARCH = 100


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the country: its figures, its map, and where something is going on."""
    places = active_places()
    points = country_points(places)
    drawn = {point.href for point in points}
    off_map = [one for one in places if one.get_absolute_url() not in drawn]
    context = {
        "figures": country_figures(),
        "money": country_money(),
        "places": places,
        "points": points,
        "off_map": [one for one in off_map if not one.is_demonstration],
        "calls": open_calls(None),
        "pilot": pilot(),
    }
    return render(request, "portal/home.html", context)


def _place(code: str) -> Territory:
    try:
        return territory(code)
    except Territory.DoesNotExist as missing:
        raise Http404 from missing


@require_safe
def place(request: HttpRequest, code: str) -> HttpResponse:
    """Show a place: what it needs, what was decided, what it costs, who does it, how far it is."""
    found = _place(code)
    records = records_of(found)
    money = money_by_source(lines_of(records))
    context = {
        "place": found,
        "above": units_above(found),
        "below": below(found),
        "chain": chain_of(found, records),
        "money": money,
        "agreed": agreed(money),
        "paid": paid_so_far(records),
        "agreements": records.agreements,
        "reached": reached(records),
        "calls": open_calls(found),
        "gatherings": announced_gatherings(records),
    }
    return render(request, "portal/place.html", context)


@require_safe
def place_chain(_request: HttpRequest, code: str) -> HttpResponse:
    """Give the chain of the place as data."""
    return JsonResponse(chain(_place(code)).as_json(), json_dumps_params={"ensure_ascii": False})


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find places, needs, cases and organisations in any spelling."""
    asked = request.GET.get("q", "")[:LONGEST_SEARCH].replace("\x00", "")
    context = {"asked": asked, "groups": search_everything(asked)}
    return render(request, "portal/search.html", context)


@require_safe
def procedures(request: HttpRequest) -> HttpResponse:
    """List every edition of every procedure, and how many figures are still unknown."""
    rows = [
        (law().procedure(key, edition), edition)
        for key in law().keys()  # noqa: SIM118 - a method of the library, not of a dict
        for edition in reversed(law().editions(key))
    ]
    listed = [
        (found.title.say(language()), found, len(found.unknown_numbers)) for found, _edition in rows
    ]
    return render(request, "portal/procedures.html", {"procedures": listed})


@require_safe
def procedure(request: HttpRequest, key: str, edition: str) -> HttpResponse:
    """Show one edition as text: stages, moves, articles, figures, what is unknown, the diagram."""
    if key not in law().keys():  # noqa: SIM118 - a method of the library, not of a dict
        raise Http404
    try:
        found = law().procedure(key, date.fromisoformat(edition))
    except (NoSuchProcedure, ValueError) as missing:
        raise Http404 from missing
    profiles = [one for one in law().profiles.values() if one.figures_for(found)]
    chosen = request.GET.get("profile", "")
    shown = next((one for one in profiles if one.key == chosen), None)
    if shown is not None:
        found = found.with_profile(shown)
    text = explain(found, law(), language())
    pictures = [svg(found, track, language()) for track in found.tracks.values()]
    context = {
        "text": text,
        "tracks": list(zip(text.tracks, pictures, strict=True)),
        "profiles": [(one.key, one.title.say(language())) for one in profiles],
        "shown": shown,
        "whose": shown.whose.say(language()) if shown else "",
    }
    return render(request, "portal/procedure.html", context)
