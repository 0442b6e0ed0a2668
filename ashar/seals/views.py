"""A member's own seal: made, printed, locked anew; what happens when it is lost."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ashar.entrance.access import must_sign_in_anew, sign_in_anew
from ashar.parties.access import signed_in
from ashar.seals import actions
from ashar.seals.access import member_for
from ashar.seals.choices import SEAL_WORDS
from ashar.seals.queries import holders_of, live_key_of


@login_required
@never_cache
@require_safe
def my_key(request: HttpRequest) -> HttpResponse:
    """Show the member's seal, or let the member make one in this browser."""
    person = member_for(request.user)
    if must_sign_in_anew(request):
        return sign_in_anew(request)
    key = live_key_of(person)
    told = {
        "recipient": key.recipient if key else "",
        "locked": key.locked if key else "",
        "words": {name: str(sentence) for name, sentence in SEAL_WORDS.items()},
    }
    context = {
        "person": person,
        "key": key,
        "holdings": holders_of(person).order_by("-sealing__made_at")[:20],
        "told": told,
    }
    return render(request, "seals/my_key.html", context)


@login_required
@require_POST
def keep_key(request: HttpRequest) -> HttpResponse:
    """Keep a seal made in the member's browser: its public side, and the rest locked."""
    person = member_for(request.user)
    if must_sign_in_anew(request):
        return _not_kept(_("Nothing was kept: open the page anew and show that it is you."))
    try:
        key = actions.make_member_key(
            person,
            recipient=request.POST.get("recipient", ""),
            locked=request.POST.get("locked", ""),
            by=signed_in(request),
        )
    except actions.BadKey:
        return _broken()
    return JsonResponse({"fingerprint": key.fingerprint})


@login_required
@require_POST
def keep_passphrase(request: HttpRequest) -> HttpResponse:
    """Keep the same seal locked under other secret words."""
    person = member_for(request.user)
    if must_sign_in_anew(request):
        return _not_kept(_("Nothing was kept: open the page anew and show that it is you."))
    try:
        key = actions.change_passphrase(
            person,
            recipient=request.POST.get("recipient", ""),
            locked=request.POST.get("locked", ""),
            by=signed_in(request),
        )
    except (actions.BadKey, actions.NoKey):
        return _broken()
    return JsonResponse({"fingerprint": key.fingerprint})


def _broken() -> JsonResponse:
    return _not_kept(_("The seal came broken and was not kept. Open the page anew and try again."))


def _not_kept(said: str) -> JsonResponse:
    return JsonResponse({"said": said}, status=HTTPStatus.CONFLICT)


@require_safe
def lost(request: HttpRequest) -> HttpResponse:
    """Explain how proposals are sealed and opened, and what to do when a seal is lost."""
    return render(request, "seals/help.html")
