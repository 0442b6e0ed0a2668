"""Pages of places: the list of the register and suggestions while a name is typed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ashar.interface.lists import listing
from ashar.places.choices import Kind
from ashar.places.forms import PlaceFilter
from ashar.places.models import Territory
from ashar.places.queries import current, find, territories
from ashar.places.tables import PlaceTable

_SUGGESTED = 12


@require_safe
def place_list(request: HttpRequest) -> HttpResponse:
    """Show every unit of the register, former ones included."""
    order = "sort_key_ru" if get_language() == "ru" else "sort_key"
    return listing(
        request,
        queryset=territories().order_by("level", order, "code"),
        filterset=PlaceFilter,
        table=PlaceTable,
        page_title=_("Places"),
        empty=_("No place has been entered yet. Load the register: ashar load_places."),
    )


@require_safe
def place_suggestions(request: HttpRequest) -> HttpResponse:
    """Suggest places of today for a text: JSON, or options of a list for htmx."""
    kinds = [kind for kind in request.GET.getlist("kind") if kind in Kind.values]
    rows = current()
    if inside_code := request.GET.get("inside", ""):
        rows = rows.filter(path__contains=f"{inside_code}/")
    places = list(find(request.GET.get("q", "")[:100], kinds=kinds, among=rows)[:_SUGGESTED])
    if getattr(request, "htmx", False):
        return render(request, "places/_suggestions.html", {"places": places})
    return JsonResponse({"results": [_suggestion(place) for place in places]})


def _suggestion(place: Territory) -> dict[str, object]:
    return {
        "code": place.code,
        "label": place.label,
        "kind": place.kind,
        "url": place.get_absolute_url(),
        "is_demonstration": place.is_demonstration,
    }
