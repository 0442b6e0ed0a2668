"""The policy for everybody, one's own data for its holder, requests about cards for two persons."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ashar.parties.access import signed_in
from ashar.people.access import (
    card_for,
    cleared_kinds,
    municipalities_of,
    owned_municipalities,
)
from ashar.people.queries.small_counts import threshold
from ashar.privacy import actions
from ashar.privacy.access import copy_for, may_decide, request_for, visible_to
from ashar.privacy.choices import CardRequestKind
from ashar.privacy.forms import CardRequestForm, FindCardForm, OwnRequestForm
from ashar.privacy.models import OwnRequest
from ashar.privacy.queries.cards import card_data
from ashar.privacy.queries.own import own_data
from ashar.privacy.queries.policy import policy as read_policy

JSON, HTML = "json", "html"


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Show what is kept about people, why, how long and on what basis."""
    tongue = get_language() or "ky"
    lines = [(line, line.what.say(tongue), line.why.say(tongue)) for line in read_policy()]
    small = threshold()
    context = {"lines": lines, "least": small.least, "whose": small.whose.say(tongue)}
    return render(request, "privacy/policy.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request: HttpRequest) -> HttpResponse:
    """Show the holder of an account what is kept about him, and take his request."""
    user = signed_in(request)
    form = OwnRequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.ask_about_own(**form.cleaned_data, by=user)
        messages.success(request, _("Your request is written down."))
        return redirect("privacy:my_data")
    asked = OwnRequest.objects.filter(account=user)
    context = {"form": form, "data": own_data(user), "requests": asked}
    return render(request, "privacy/my_data.html", context)


@login_required
@never_cache
@require_safe
def my_copy(request: HttpRequest, shape: str) -> HttpResponse:
    """Give the holder of an account all his data as a file."""
    user = signed_in(request)
    data = own_data(user)
    actions.note_own_copy(by=user)
    return _file(request, data, shape, "ashar-my-data")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def requests(request: HttpRequest) -> HttpResponse:
    """Show the requests about cards of one's own municipality, and begin a new one."""
    user = signed_in(request)
    if not (municipalities_of(user) or owned_municipalities(user)):
        raise Http404
    form = FindCardForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"form": form, "requests": visible_to(user)[:100]}
    context["may_ask"] = bool(municipalities_of(user))
    if request.method == "POST" and form.is_valid():
        context["card"] = card_for(user, form.cleaned_data["ref"])
        context["kinds"] = CardRequestKind
    return render(request, "privacy/requests.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, ref: str, kind: str) -> HttpResponse:
    """Ask for a copy of a card or for forgetting; nothing happens before another agrees."""
    user = signed_in(request)
    card = card_for(user, ref)
    if kind not in CardRequestKind.values or card.is_forgotten:
        raise Http404
    form = CardRequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                actions.ask_about_card(card, kind=kind, **form.cleaned_data, by=user)
        except IntegrityError:
            form.add_error(None, _("The same was asked already and waits for a decision."))
        else:
            messages.success(request, _("Another person of your office must now agree."))
            return redirect("privacy:requests")
    context = {"form": form, "card": card, "kind": CardRequestKind(kind)}
    return render(request, "privacy/ask.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a request to the second person, and take the decision."""
    user = signed_in(request)
    found = request_for(user, ref)
    if request.method == "POST":
        try:
            actions.decide(found, is_approved=request.POST.get("decision") == "approve", by=user)
            messages.success(request, _("Decided."))
        except actions.DecidedAlready:
            messages.error(request, _("Somebody decided this meanwhile."))
        return redirect("privacy:requests")
    context = {"request_": found, "may_decide": may_decide(user, found)}
    return render(request, "privacy/decide.html", context)


@login_required
@never_cache
@require_safe
def copy(request: HttpRequest, ref: str, shape: str) -> HttpResponse:
    """Give the copy of a card that a second person approved."""
    user = signed_in(request)
    found = copy_for(user, ref)
    data = card_data(found.card, cleared_kinds(user, found.card))
    actions.note_copy(found, by=user)
    return _file(request, data, shape, f"ashar-{found.ref}")


def _file(request: HttpRequest, data: dict[str, Any], shape: str, name: str) -> HttpResponse:
    if shape == JSON:
        text = json.dumps(data, ensure_ascii=False, indent=2)
        answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    elif shape == HTML:
        answer = render(request, "privacy/copy.html", {"parts": _parts(data)})
    else:
        raise Http404
    answer["Content-Disposition"] = f'attachment; filename="{name}.{shape}"'
    return answer


def _parts(data: dict[str, Any]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the data as headings with lists, for a page that is read by people."""
    return [
        (title, found if isinstance(found, list) else [found])
        for title, found in data.items()
        if isinstance(found, list | dict)
    ]
