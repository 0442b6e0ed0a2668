"""Finding, registering and correcting a card."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ashar.parties.access import signed_in
from ashar.people import actions
from ashar.people.access import card_for, municipalities_of, owner_mandates, visible_to
from ashar.people.core import is_pin
from ashar.people.forms import CardForm, CorrectionForm, FindForm
from ashar.people.models import Card
from ashar.people.queries.finding import MOST_FOUND, find
from ashar.people.queries.readings import open_reading
from ashar.places.models import Territory

FIELDS = ("surname", "name", "patronymic", "pin", "born_on", "phone", "address", "sex", "village")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest) -> HttpResponse:
    """Find a card of one's own municipality; what was asked never stands in an address."""
    user = signed_in(request)
    is_owner = bool(owner_mandates(user))
    if not municipalities_of(user) and not is_owner:
        raise Http404
    form = FindForm(request.POST if request.method == "POST" else None)
    context: dict[str, object] = {
        "form": form,
        "is_owner": is_owner,
        "places": municipalities_of(user),
        "most": MOST_FOUND,
    }
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data["asked"]
        found = find(asked, visible_to(user))
        actions.note_search(by_number=is_pin(asked), found=len(found), by=user)
        context["found"] = found
    return render(request, "people/index.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_card(request: HttpRequest) -> HttpResponse:
    """Enter a person in the register of one's own municipality."""
    user = signed_in(request)
    place = _own_place(request)
    form = CardForm(request.POST if request.method == "POST" else None, municipality=place)
    if request.method == "POST" and form.is_valid():
        if not form.is_doubted():
            card = actions.register_card(
                form.draft(), municipality=place, doubts=form.found_doubts, by=user
            )
            messages.success(request, _("The card is entered."))
            return redirect(card)
        form.ask_again()
    title = _("New card")
    return render(request, "people/card_form.html", {"form": form, "title": title})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, ref: str) -> HttpResponse:
    """Correct a card that is open; what stood there before is kept."""
    user = signed_in(request)
    card = card_for(user, ref)
    reading = open_reading(card, user)
    if reading is None or card.is_forgotten:
        return redirect(card)
    sent = request.POST if request.method == "POST" else None
    form = CorrectionForm(sent, municipality=card.municipality, card=card, initial=_initial(card))
    if sent is not None and form.is_valid():
        if not form.is_doubted():
            return _correct(request, form, card)
        form.ask_again()
    actions.note_reading(card, reading, what="correction", by=user)
    context = {"form": form, "title": _("Correct the card"), "card": card}
    return render(request, "people/card_form.html", context)


def _correct(request: HttpRequest, form: CorrectionForm, card: Card) -> HttpResponse:
    given = form.cleaned_data
    try:
        actions.correct_card(
            card,
            form.draft(),
            version=given["version"],
            reason=given["reason"],
            by=signed_in(request),
        )
    except actions.ChangedMeanwhile:
        sentence = _("Somebody corrected this card while you were typing. Look at it again.")
        messages.error(request, sentence)
    else:
        messages.success(request, _("Saved."))
    return redirect(card)


def _initial(card: Card) -> dict[str, object]:
    year = card.birth.year
    values = {name: getattr(card, name) for name in FIELDS}
    return {**values, "birth_year": year, "version": card.version}


def _own_place(request: HttpRequest) -> Territory:
    """Return the municipality in whose register the person writes; Http404 to the others."""
    places = municipalities_of(request.user)
    if not places:
        raise Http404
    return places[0]
