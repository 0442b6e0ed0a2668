"""The weaker way, for a phone without our script: this site seals what arrives, and forgets it.

The key lies in a cookie of this browser that no script reads and that goes to this proposal's
pages alone. Nothing in clear is written anywhere; but while a page is made, the site could read.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ashar.calls import actions
from ashar.calls.access import may_edit_draft, own_sealed_proposal_for
from ashar.calls.actions.sealed_drafts import keep_sealed_draft
from ashar.calls.choices import PROPOSAL_PARTS
from ashar.calls.core import (
    SECTIONS,
    SealedContent,
    differences,
    pack_draft,
    read_draft,
)
from ashar.calls.models import Proposal
from ashar.calls.queries.calls import time_left
from ashar.calls.queries.proposals import SOURCES
from ashar.calls.queries.sealed import content_with, draft_of
from ashar.calls.views.draft_page import draft_page, said_part, typed_from
from ashar.calls.views.people import account_of
from ashar.seals.actions import DraftMoved, TooLarge
from ashar.seals.core import encrypt, new_identity, recipient_of

COOKIE_DAYS = 120


def code_from(request: HttpRequest, proposal: Proposal) -> str:
    """Return the proposal's code that this browser keeps; empty without one, or when it is none."""
    code = request.COOKIES.get(_cookie(request), "")
    draft = draft_of(proposal)
    try:
        fits = draft is None or recipient_of(code) == draft.recipient
        return code if code and recipient_of(code) and fits else ""
    except ValueError:
        return ""


def _cookie(request: HttpRequest) -> str:
    return f"proposal_code_{request.path.split('/')[1]}"


def keep_code(response: HttpResponse, proposal: Proposal, code: str) -> None:
    """Let this browser keep the code, for the pages of this proposal alone."""
    for language, _name in settings.LANGUAGES:
        response.set_cookie(
            f"proposal_code_{language}",
            code,
            max_age=COOKIE_DAYS * 24 * 60 * 60,
            path=f"/{language}/calls/proposals/{proposal.case.ref}/",
            httponly=True,
            samesite="Strict",
            secure=settings.SESSION_COOKIE_SECURE,
        )


def _forget_code(response: HttpResponse, proposal: Proposal) -> None:
    for language, _name in settings.LANGUAGES:
        response.delete_cookie(
            f"proposal_code_{language}",
            path=f"/{language}/calls/proposals/{proposal.case.ref}/",
            samesite="Strict",
        )


def tidy_code(typed: str) -> str:
    """Return a code as typed from a sheet of paper; empty when it is none."""
    code = "".join(typed.split()).upper()
    try:
        recipient_of(code)
    except ValueError:
        return ""
    return code


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, ref: str) -> HttpResponse:
    """Show the form in the weaker way, or seal what was typed and keep it."""
    found, _sealing = own_sealed_proposal_for(request.user, ref)
    code = code_from(request, found)
    if request.method == "POST":
        return _save(request, found, code)
    if not may_edit_draft(request.user, found):
        messages.info(request, _("The proposal can no longer be changed."))
        return redirect(found)
    content = content_with(draft_of(found), code)
    if content is None:
        return _ask_code(request, found)
    return writing_page(request, found, content.typed, code=code, more=request.GET.get("more", ""))


def _save(request: HttpRequest, proposal: Proposal, code: str) -> HttpResponse:
    typed = typed_from(request.POST)
    draft = draft_of(proposal)
    code = code or tidy_code(request.POST.get("code", "")) or ("" if draft else new_identity())
    content = content_with(draft, code) if code else None
    if content is None:
        # The browser lost its cookie: nothing typed is lost, the code is asked for beside it.
        problem = _(
            "Not saved: this browser does not keep the code of the proposal. Write the code "
            "below, then press “Save” again. What you typed is still here."
        )
        return writing_page(request, proposal, typed, problem=problem, asks_code=True)
    try:
        save_content(
            proposal,
            SealedContent(typed, content.papers),
            code,
            by=account_of(request),
            version=_seen(request),
        )
    except actions.CallClosed:
        problem = _(
            "Proposals are no longer accepted, so this was not saved. What you typed is still "
            "shown below: copy what you want to keep."
        )
        return writing_page(request, proposal, typed, code=code, problem=problem)
    except TooLarge:
        problem = _("Not saved: this is larger than the site takes in.")
        return writing_page(request, proposal, typed, code=code, problem=problem)
    except DraftMoved as moved:
        return writing_page(request, proposal, typed, code=code, moved=moved)
    response = _after_saving(request, proposal)
    keep_code(response, proposal, code)
    return response


def save_content(
    proposal: Proposal, content: SealedContent, code: str, *, by: Any, version: int
) -> None:
    """Seal the draft under its code and keep it. Raises CallClosed, DraftMoved, TooLarge."""
    recipient = recipient_of(code)
    keep_sealed_draft(
        proposal,
        recipient=recipient,
        ciphertext=encrypt(pack_draft(content), recipient),
        by=by,
        version=version,
    )


def _seen(request: HttpRequest) -> int:
    written = request.POST.get("draft_version", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0  # noqa: PLR2004 - ten digits do not fit the column


def _after_saving(request: HttpRequest, proposal: Proposal) -> HttpResponse:
    more = request.POST.get("more", "")
    if more in SECTIONS:
        return redirect(f"{request.path}?more={more}#{more}")
    if "hand_in" in request.POST:
        return redirect("calls:hand_in", proposal.case.ref)
    moment = timezone.localtime()
    messages.success(request, _("Saved at %(time)s.") % {"time": f"{moment:%H:%M}"})
    return redirect(request.path)


def writing_page(  # noqa: PLR0913 - what went wrong, said on the same page
    request: HttpRequest,
    proposal: Proposal,
    typed: Mapping[str, Any],
    *,
    code: str = "",
    more: str = "",
    problem: str = "",
    asks_code: bool = False,
    moved: DraftMoved | None = None,
) -> HttpResponse:
    """Render the form with everything typed; a conflict shows what the colleague saved."""
    draft = draft_of(proposal)
    content = content_with(draft, code) if code else None
    reading = read_draft(typed, SOURCES)
    context = {
        "proposal": proposal,
        "call": proposal.call,
        "case": proposal.case,
        "page": draft_page(typed, reading, proposal.call.maximum, more),
        "version": draft.version if draft else 0,
        "own_code": code,
        "asks_code": asks_code,
        "problem": problem,
        "changed": moved,
        "differences": _differences(typed, content) if moved and content else [],
        "papers": content.papers if content else (),
        "time_left": time_left(proposal.call.closes_at),
        "is_replacing": proposal.case.stage == "submitted",
    }
    answer = HTTPStatus.CONFLICT if problem or moved else HTTPStatus.OK
    return render(request, "calls/write_weaker.html", context, status=answer)


def _differences(typed: Mapping[str, Any], theirs: SealedContent) -> list[tuple[str, str]]:
    parts = differences(typed, theirs.typed)
    return [(str(PROPOSAL_PARTS[part]), said_part(theirs.typed.get(part, ""))) for part in parts]


def _ask_code(request: HttpRequest, proposal: Proposal, *, is_wrong: bool = False) -> HttpResponse:
    context = {"proposal": proposal, "call": proposal.call, "case": proposal.case}
    return render(
        request,
        "calls/ask_code.html",
        {**context, "is_wrong": is_wrong},
        status=HTTPStatus.CONFLICT if is_wrong else HTTPStatus.OK,
    )


@login_required
@require_POST
def code(request: HttpRequest, ref: str) -> HttpResponse:
    """Let this browser keep the code typed, or forget the one it keeps."""
    found, _sealing = own_sealed_proposal_for(request.user, ref)
    if "forget" in request.POST:
        response = redirect(found)
        _forget_code(response, found)
        messages.success(request, _("This browser has forgotten the code of the proposal."))
        return response
    typed = tidy_code(request.POST.get("code", ""))
    if not typed or content_with(draft_of(found), typed) is None:
        return _ask_code(request, found, is_wrong=True)
    response = redirect("calls:write_weaker", found.case.ref)
    keep_code(response, found, typed)
    return response
