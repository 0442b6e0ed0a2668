"""Opening a card: the reason first; then the card, its particulars and consents."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ashar.parties.access import signed_in
from ashar.people import actions
from ashar.people.access import card_for, cleared_kinds, kind_for
from ashar.people.choices import ParticularKind
from ashar.people.core import masked_pin
from ashar.people.forms import ConsentForm, ParticularForm, ReasonForm
from ashar.people.models import Card, Reading
from ashar.people.queries.consents import wordings
from ashar.people.queries.readings import open_reading


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, ref: str) -> HttpResponse:
    """Ask why, then show the card for a quarter of an hour; every look is written down."""
    user = signed_in(request)
    found = card_for(user, ref)
    if found.is_forgotten:
        return render(request, "people/forgotten.html", {"card": found})
    if request.method == "POST":
        return _state_reason(request, found)
    reading = open_reading(found, user)
    if reading is None:
        return render(request, "people/reason.html", {"form": ReasonForm(), "card": found})
    actions.note_reading(found, reading, by=user)
    return _show(request, found, reading)


def _state_reason(request: HttpRequest, found: Card) -> HttpResponse:
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return render(request, "people/reason.html", {"form": form, "card": found})
    actions.state_reason(found, **form.cleaned_data, by=signed_in(request))
    return redirect(found)


def _show(request: HttpRequest, found: Card, reading: Reading) -> HttpResponse:
    cleared = cleared_kinds(request.user, found)
    context = {
        "card": found,
        "reading": reading,
        "pin": masked_pin(found.pin),
        "age": found.birth.age_on(timezone.localdate()),
        "kinds": [(kind, kind.value in cleared) for kind in ParticularKind],
        "consents": found.consents.all(),
        "corrections": found.corrections.select_related("corrected_by__person"),
    }
    return render(request, "people/card.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def particulars(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Show and write particulars of one kind to those who are cleared for it."""
    user = signed_in(request)
    found = card_for(user, ref)
    wanted = kind_for(user, found, kind)
    reading = open_reading(found, user)
    if reading is None or found.is_forgotten:
        return redirect(found)
    written = list(found.particulars.filter(kind=wanted).order_by("-pk"))
    present = next((one.text for one in written if not one.is_replaced), "")
    form = ParticularForm(
        request.POST if request.method == "POST" else None, initial={"text": present}
    )
    if request.method == "POST" and form.is_valid():
        actions.write_particular(found, kind=wanted, text=form.cleaned_data["text"], by=user)
        messages.success(request, _("Saved."))
        return redirect(found)
    actions.note_reading(found, reading, what=wanted.value, by=user)
    earlier = [one for one in written if one.is_replaced]
    context = {"form": form, "card": found, "kind": wanted, "earlier": earlier}
    return render(request, "people/particulars.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_consent(request: HttpRequest, ref: str) -> HttpResponse:
    """Record what the person agreed to; the wording is shown word for word."""
    user = signed_in(request)
    found = card_for(user, ref)
    if open_reading(found, user) is None or found.is_forgotten:
        return redirect(found)
    form = ConsentForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        version = wordings()[given["kind"]].version
        actions.record_consent(found, **given, wording=version, by=user)
        messages.success(request, _("Saved."))
        return redirect(found)
    tongue = get_language() or "ky"
    words = [one.text.say(tongue) for one in wordings().values()]
    return render(request, "people/consent.html", {"form": form, "card": found, "words": words})


@login_required
@require_POST
def withdraw_consent(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Record that a consent was taken back."""
    user = signed_in(request)
    found = card_for(user, ref)
    consent = found.consents.filter(pk=number).first()
    if consent is None:
        raise Http404
    actions.withdraw_consent(consent, on=timezone.localdate(), by=user)
    messages.success(request, _("Saved."))
    return redirect(found)
