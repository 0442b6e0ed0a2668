"""Writing a proposal: saved as typed, by the button or by itself."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ashar.calls import actions
from ashar.calls.access import may_edit_draft, own_proposal_for
from ashar.calls.choices import PROPOSAL_PARTS
from ashar.calls.core import SECTIONS, differences, read_draft
from ashar.calls.models import Proposal
from ashar.calls.queries.calls import time_left
from ashar.calls.queries.proposals import SOURCES
from ashar.calls.queries.sealed import draft_of, sealing_for
from ashar.calls.views.draft_page import draft_page, said_part, totals_of, typed_from
from ashar.calls.views.people import account_of
from ashar.calls.views.sealed import writing_page
from ashar.calls.views.weaker import code_from
from ashar.seals.models import Sealing


def _seen_version(request: HttpRequest) -> int:
    """Return the version of the draft that the page was made from; 0 when it says nonsense."""
    written = request.POST.get("draft_version", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0  # noqa: PLR2004 - ten digits do not fit the column


@never_cache  # the Back button must show the draft as it is now, under its present version
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the form of the proposal, or save it exactly as typed."""
    found = own_proposal_for(request.user, ref)
    sealing = sealing_for(found.call)
    if sealing is not None:
        return _edit_sealed(request, found, sealing)
    if request.method != "POST":
        if not may_edit_draft(request.user, found):
            messages.info(request, _("The proposal can no longer be changed."))
            return redirect(found)
        more = request.GET.get("more", "")
        return _page(request, found, found.typed, more=more)
    typed = typed_from(request.POST)
    try:
        actions.save_draft(
            found, typed=typed, by=account_of(request), version=_seen_version(request)
        )
    except actions.CallClosed:
        return _page(request, found, typed, problem=_closed_sentence(found))
    except actions.DraftChanged as changed:
        return _page(request, found, typed, changed=changed)
    return _after_saving(request, found)


def _edit_sealed(request: HttpRequest, proposal: Proposal, sealing: Sealing) -> HttpResponse:
    """Show the form that the browser seals; who began in the weaker way goes on in it."""
    if request.method == "POST":
        raise Http404  # nothing readable is taken in here
    if not may_edit_draft(request.user, proposal):
        messages.info(request, _("The proposal can no longer be changed."))
        return redirect(proposal)
    if code_from(request, proposal):
        return redirect("calls:write_weaker", proposal.case.ref)
    return writing_page(request, proposal, sealing, draft_of(proposal))


def _after_saving(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    """Go where the pressed button leads: more rows, handing in, or the same page again."""
    address = request.path
    more = request.POST.get("more", "")
    if more in SECTIONS:
        return redirect(f"{address}?more={more}#{more}")
    if "hand_in" in request.POST:
        move = "submit" if proposal.case.stage == "draft" else "replace"
        return redirect("cases:move", proposal.case.ref, move)
    moment = timezone.localtime()
    messages.success(request, _("Saved at %(time)s.") % {"time": f"{moment:%H:%M}"})
    return redirect(address)


def _closed_sentence(proposal: Proposal) -> str:
    """Say why nothing was saved, and what of the proposal counts."""
    if proposal.case.stage in {"withdrawn", "lapsed"} or proposal.counted is None:
        return _(
            "Proposals are no longer accepted, so this was not saved. What you typed is still "
            "shown below: copy what you want to keep."
        )
    return _(
        "Proposals are no longer accepted, so this change was not saved. What counts is the "
        "proposal you handed in. What you typed is still shown below."
    )


def _page(
    request: HttpRequest,
    proposal: Proposal,
    typed: Mapping[str, Any],
    *,
    more: str = "",
    problem: str = "",
    changed: actions.DraftChanged | None = None,
) -> HttpResponse:
    """Render the form with everything typed; a conflict shows what the other person saved."""
    reading = read_draft(typed, SOURCES)
    call = proposal.call
    context = {
        "proposal": proposal,
        "call": call,
        "case": proposal.case,
        "page": draft_page(typed, reading, call.maximum, more),
        "version": changed.version if changed else proposal.draft_version,
        "problem": problem,
        "changed": changed,
        "differences": _differences(typed, changed),
        "time_left": time_left(call.closes_at),
        "is_replacing": proposal.case.stage == "submitted",
    }
    conflict = bool(problem or changed)
    answer = HTTPStatus.CONFLICT if conflict else HTTPStatus.OK
    return render(request, "calls/edit_proposal.html", context, status=answer)


def _differences(
    typed: Mapping[str, Any], changed: actions.DraftChanged | None
) -> list[tuple[str, str]]:
    """Return the parts that differ from what the other person saved, with their words."""
    if changed is None:
        return []
    parts = differences(typed, changed.theirs)
    return [(str(PROPOSAL_PARTS[part]), said_part(changed.theirs.get(part, ""))) for part in parts]


@login_required
@require_POST
def autosave(request: HttpRequest, ref: str) -> JsonResponse:
    """Save while the person types; answer with the new version and the sums."""
    found = own_proposal_for(request.user, ref)
    if sealing_for(found.call) is not None:
        raise Http404  # nothing readable is taken in here
    try:
        saved = actions.save_draft(
            found,
            typed=typed_from(request.POST),
            by=account_of(request),
            version=_seen_version(request),
        )
    except actions.CallClosed:
        return _stopped(_closed_sentence(found))
    except actions.DraftChanged as changed:
        sentence = _("%(person)s saved this proposal meanwhile. Press “Save” to see both versions.")
        return _stopped(sentence % {"person": changed.saved_by})
    totals = totals_of(saved.reading, found.call.maximum)
    moment = timezone.localtime(saved.saved_at)
    return JsonResponse(
        {
            "version": saved.version,
            "said": _("Saved at %(time)s.") % {"time": f"{moment:%H:%M}"},
            "totals": render_to_string("calls/_totals.html", {"totals": totals}, request),
        }
    )


def _stopped(sentence: str) -> JsonResponse:
    return JsonResponse({"said": sentence}, status=HTTPStatus.CONFLICT)
