"""Handing in a sealed proposal, its receipt, and the check of the receipt afterwards."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ashar.calls.access import may_edit_draft, own_sealed_proposal_for
from ashar.calls.core import SealedContent, envelope_header, read_draft, statement_of
from ashar.calls.models import Proposal
from ashar.calls.queries.calls import time_left
from ashar.calls.queries.proposals import SOURCES, missing_in, shown
from ashar.calls.queries.sealed import (
    ceiling_of,
    content_with,
    draft_of,
    envelopes_of,
    said_holders,
    told_of_call,
    told_to_browser,
)
from ashar.calls.views.draft_page import totals_of
from ashar.calls.views.sealed import addresses_of, hand_in
from ashar.calls.views.weaker import code_from
from ashar.programmes.choices import BUDGET_SOURCES
from ashar.seals.actions import EnvelopeData
from ashar.seals.choices import SealedBy
from ashar.seals.core import encrypt, pack, recipient_of, split_for
from ashar.seals.models import Envelope, Sealing
from ashar.seals.queries import recipients_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_in_page(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what happens at handing in; in the weaker way the site seals when it is confirmed."""
    found, sealing = own_sealed_proposal_for(request.user, ref)
    if not may_edit_draft(request.user, found):
        messages.info(request, _("The proposal can no longer be changed."))
        return redirect(found)
    draft, code = draft_of(found), code_from(request, found)
    if draft is None:
        return redirect("calls:edit_proposal", ref)
    content = content_with(draft, code) if code else None
    refusals: list[str] = []
    if request.method == "POST":
        if content is None:
            return redirect("calls:write_weaker", ref)
        data = seal_on_arrival(found, sealing, content, code)
        address, refusals = hand_in(request, found, data, _case_version(request))
        if not refusals:
            return redirect(address)
    context = {
        "proposal": found,
        "call": found.call,
        "case": found.case,
        "keys": said_holders(sealing),
        "told": told_to_browser(found, sealing, draft, addresses_of(found)),
        "is_weaker": content is not None,
        "refusals": refusals,
        "is_replacing": found.case.stage == "submitted",
        "time_left": time_left(found.call.closes_at),
        **(_read_here(found, content) if content else {}),
    }
    status = HTTPStatus.CONFLICT if refusals else HTTPStatus.OK
    return render(request, "calls/hand_in.html", context, status=status)


def _case_version(request: HttpRequest) -> int | None:
    written = request.POST.get("version", "")
    return int(written) if written.isascii() and written.isdigit() and len(written) < 10 else 0  # noqa: PLR2004 - ten digits do not fit the column


def _read_here(proposal: Proposal, content: SealedContent) -> dict[str, object]:
    """Return what the page of the weaker way shows of the draft."""
    reading = read_draft(content.typed, SOURCES)
    return {
        "title": reading.texts["title"],
        "papers": [paper["name"] for paper in content.papers],
        "totals": totals_of(reading, proposal.call.maximum),
        "missing": missing_in(reading),
    }


def seal_on_arrival(
    proposal: Proposal, sealing: Sealing, content: SealedContent, code: str
) -> EnvelopeData:
    """Close the envelope here, in memory, as the applicant's browser would."""
    reading = read_draft(content.typed, SOURCES)
    header = envelope_header(proposal.call.case.ref, proposal.case.ref, content)
    recipient = recipient_of(code)
    return EnvelopeData(
        recipient=recipient,
        ciphertext=encrypt(pack(header), recipient),
        shares=split_for(code, recipients_of(sealing), sealing.threshold),
        papers=[paper["ref"] for paper in content.papers],
        statement=statement_of(reading, BUDGET_SOURCES, ceiling_of(proposal.call)),
        sealed_by=SealedBy.SERVER,
    )


def _envelope(proposal: Proposal, number: int) -> Envelope:
    """Return the envelope of this number; Http404 when there is none."""
    found = next((one for one in envelopes_of(proposal) if one.number == number), None)
    if found is None:
        raise Http404
    return found


def sealed_receipt(
    request: HttpRequest, proposal: Proposal, sealing: Sealing, number: int
) -> HttpResponse:
    """Show the receipt of an envelope; the code stands on it only in the applicant's browser."""
    envelope = _envelope(proposal, number)
    last = max(one.number for one in envelopes_of(proposal))
    submission = proposal.submissions.filter(number=number).first()
    code = code_from(request, proposal)
    is_code_shown = bool(code) and recipient_of(code) == envelope.recipient
    context = {
        "proposal": proposal,
        "call": proposal.call,
        "case": proposal.case,
        "envelope": envelope,
        "keys": said_holders(sealing),
        "is_last": envelope.number == last,
        "own_code": code if is_code_shown else "",
        "content": shown(submission) if submission else None,
        "told": {
            "proposal": proposal.case.ref,
            "recipient": envelope.recipient,
            "is_code_shown": is_code_shown,
        },
    }
    return render(request, "calls/sealed_receipt.html", context)


@login_required
@require_safe
def envelope_file(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Give the applicant the locked envelope as it is kept: age opens it with the code."""
    found, _sealing = own_sealed_proposal_for(request.user, ref)
    envelope = _envelope(found, number)
    response = HttpResponse(bytes(envelope.ciphertext), content_type="application/octet-stream")
    name = f"{found.case.ref}-{number}.age"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@never_cache
@login_required
@require_safe
def check_receipt(request: HttpRequest, ref: str, number: int) -> HttpResponse:
    """Let the applicant see whether what was opened is what it sent; the code never leaves it."""
    found, sealing = own_sealed_proposal_for(request.user, ref)
    envelope = _envelope(found, number)
    opening = getattr(envelope, "opening", None)
    context = {
        "proposal": found,
        "call": found.call,
        "case": found.case,
        "envelope": envelope,
        "opening": opening,
        "told": {
            **told_of_call(found.call, sealing),
            "proposal": ref,
            "recipient": envelope.recipient,
            "envelope": reverse("calls:envelope", args=(ref, number)),
            "envelope_sha256": envelope.sha256,
            "opened_sha256": opening.sha256 if opening else "",
        },
    }
    return render(request, "calls/check_receipt.html", context)
