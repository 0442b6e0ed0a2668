"""The opening of sealed proposals: by members together, or by an applicant with the code."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ashar.calls import actions
from ashar.calls.access import opening_call_for, own_sealed_proposal_for
from ashar.calls.models import Call
from ashar.calls.queries.calls import opening_last_day
from ashar.calls.queries.opening import progress_of_opening, unopened_proposal_of
from ashar.calls.views.people import account_of
from ashar.cases.queries import panel
from ashar.seals.actions import NothingWaits
from ashar.seals.choices import NOT_OPENED, SEAL_WORDS
from ashar.seals.core import NotOpened
from ashar.seals.models import KeyHolder
from ashar.seals.queries import sealing_of, waiting_of

LONGEST_GIVEN = 200
# A share that cannot be opened by its holder was made wrong: it fits nothing.
UNREADABLE = bytes(2)


@login_required
@never_cache
@require_safe
def opening(request: HttpRequest, ref: str) -> HttpResponse:
    """Show what waits, who has opened and what to do; a member opens here."""
    found, holder = opening_call_for(request.user, ref)
    progress = progress_of_opening(found)
    if progress is None:
        raise Http404
    is_open = found.case.stage == "opening"
    context = {
        "call": found,
        "case": found.case,
        "panel": panel(found.case, request.user),
        "progress": progress,
        "holder": holder,
        "last_day": opening_last_day(found),
        "is_opening": is_open,
        "told": _told(found, holder) if holder and is_open else None,
    }
    return render(request, "calls/opening.html", context)


def _told(call: Call, holder: KeyHolder) -> dict[str, Any]:
    """Return what the page's script needs: the member's locked seal and the locked shares."""
    sealing = sealing_of(call.case)
    waiting = waiting_of(sealing, holder) if sealing else []
    return {
        "recipient": holder.key.recipient,
        "locked": holder.key.locked,
        "waiting": [{"envelope": one.envelope.pk, "share": one.share} for one in waiting],
        "words": {name: str(sentence) for name, sentence in SEAL_WORDS.items()},
    }


@login_required
@require_POST
@sensitive_post_parameters("share")
def give_share(request: HttpRequest, ref: str) -> HttpResponse:
    """Take in one share that the member opened; open the proposal when enough members gave."""
    found, holder = opening_call_for(request.user, ref)
    if holder is None:
        raise Http404
    given = request.POST.get("share", "")
    try:
        envelope = int(request.POST.get("envelope", ""))
        share = b64decode(given[:LONGEST_GIVEN], validate=True) or UNREADABLE
        opened = actions.give_shares(found, holder, {envelope: share}, by=account_of(request))
    except (ValueError, NotBase64):
        return JsonResponse({}, status=HTTPStatus.BAD_REQUEST)
    except NothingWaits:
        return JsonResponse({}, status=HTTPStatus.CONFLICT)
    return JsonResponse({"opened": len(opened)})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("code")
def open_own(request: HttpRequest, ref: str) -> HttpResponse:
    """Let an applicant open the own proposal with its code, when too few members can."""
    found, _sealing = own_sealed_proposal_for(request.user, ref)
    if unopened_proposal_of(found.call, found) is None:
        messages.info(request, _("This proposal needs no code: it is open, or it is not time yet."))
        return redirect(found)
    error = ""
    if request.method == "POST":
        code = "".join(request.POST.get("code", "").split()).upper()
        try:
            answer = actions.open_with_code(found, code, by=account_of(request))
        except NothingWaits:
            return redirect(found)
        if not isinstance(answer, NotOpened):
            messages.success(request, _("Your proposal is open. The commission will read it."))
            return redirect(found)
        error = _why(answer)
    context = {
        "proposal": found,
        "call": found.call,
        "case": found.case,
        "error": error,
        "last_day": opening_last_day(found.call),
        "progress": progress_of_opening(found.call),
    }
    return render(request, "calls/open_own.html", context)


def _why(answer: NotOpened) -> str:
    if answer.reason == "do_not_fit":
        return _(
            "This is not the code of the envelope that you handed in last. Look at the sheet with "
            "the code and type it sign by sign; small and capital letters do not matter."
        )
    return str(NOT_OPENED[answer.reason])
