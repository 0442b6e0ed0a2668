"""A proposal sealed in the applicant's browser: only what is sealed arrives here."""

from __future__ import annotations

import json
from base64 import b64encode
from http import HTTPStatus
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ashar.calls import actions
from ashar.calls.access import own_sealed_proposal_for
from ashar.calls.actions.sealed_drafts import (
    TooManyPapers,
    keep_sealed_draft,
    keep_sealed_paper,
    remove_sealed_paper,
)
from ashar.calls.choices import ENVELOPE_FAULTS
from ashar.calls.core import read_draft
from ashar.calls.models import Proposal
from ashar.calls.queries.calls import time_left
from ashar.calls.queries.proposals import SOURCES
from ashar.calls.queries.sealed import kinds_asked, kinds_of, told_to_browser
from ashar.calls.views.draft_page import draft_page
from ashar.calls.views.people import account_of
from ashar.cases.actions import MovedMeanwhile
from ashar.cases.queries import language, procedure_of, said_refusals
from ashar.interface.uploads import DroppedUpload
from ashar.procedures.engine import Refused
from ashar.seals.actions import BadEnvelope, DraftMoved, EnvelopeData, NotSealed, TooLarge
from ashar.seals.models import SealedDraft, Sealing

LONGEST_NUMBER = 9


def addresses_of(proposal: Proposal) -> dict[str, str]:
    """Return where the page's script sends what is sealed, and where it leads."""
    ref = proposal.case.ref
    names = {
        "save": "calls:sealed_draft",
        "papers": "calls:sealed_papers",
        "remove_paper": "calls:remove_sealed_paper",
        "hand_in": "calls:hand_in_envelope",
        "hand_in_page": "calls:hand_in",
        "home_edit": "calls:edit_proposal",
        "home": "calls:proposal",
    }
    return {key: reverse(name, args=(ref,)) for key, name in names.items()}


def writing_page(
    request: HttpRequest, proposal: Proposal, sealing: Sealing, draft: SealedDraft | None
) -> HttpResponse:
    """Render the empty form: the browser fills it in from the draft that it alone can open."""
    reading = read_draft({}, SOURCES)
    call = proposal.call
    context = {
        "proposal": proposal,
        "call": call,
        "case": proposal.case,
        "page": draft_page({}, reading, call.maximum),
        "draft": draft,
        "told": told_to_browser(proposal, sealing, draft, addresses_of(proposal)),
        "kinds": kinds_of(call),
        "asked": kinds_asked(proposal),
        "time_left": time_left(call.closes_at),
        "is_replacing": proposal.case.stage == "submitted",
    }
    return render(request, "calls/write_sealed.html", context)


@login_required
@require_POST
def keep_draft(request: HttpRequest, ref: str) -> JsonResponse:
    """Keep the sealed draft; a colleague's newer one comes back sealed as it is."""
    found, _sealing = own_sealed_proposal_for(request.user, ref)
    try:
        saved = keep_sealed_draft(
            found,
            recipient=request.POST.get("recipient", ""),
            ciphertext=_bytes(request, "ciphertext"),
            by=account_of(request),
            version=_number(request.POST.get("version", "")),
        )
    except actions.CallClosed:
        return _closed()
    except DraftMoved as moved:
        return _conflict({"said": _("Not saved: look at both versions."), "theirs": _theirs(moved)})
    except (NotSealed, TooLarge):
        return _conflict({"said": _("Not saved: this is larger than the site takes in.")})
    moment = timezone.localtime(saved.saved_at)
    said = _("Saved at %(time)s.") % {"time": f"{moment:%H:%M}"}
    return JsonResponse({"version": saved.version, "said": said})


def _theirs(moved: DraftMoved) -> dict[str, Any]:
    return {
        "ciphertext": b64encode(moved.theirs).decode(),
        "recipient": moved.recipient,
        "version": moved.version,
        "saved_by": moved.saved_by,
    }


@login_required
@require_POST
def add_paper(request: HttpRequest, ref: str) -> JsonResponse:
    """Take in a paper that was sealed in the browser."""
    found, _sealing = own_sealed_proposal_for(request.user, ref)
    try:
        kept = keep_sealed_paper(found, ciphertext=_bytes(request, "ciphertext"))
    except actions.CallClosed:
        return _closed()
    except TooManyPapers:
        return _conflict({"said": _("There are too many papers. Take off those not needed.")})
    except (NotSealed, TooLarge):
        return _conflict({"said": _("The file is too large. Make it smaller.")})
    return JsonResponse({"ref": kept.ref})


@login_required
@require_POST
def remove_paper(request: HttpRequest, ref: str) -> JsonResponse:
    """Take a sealed paper off the draft."""
    found, _sealing = own_sealed_proposal_for(request.user, ref)
    try:
        remove_sealed_paper(found, request.POST.get("ref", ""))
    except actions.CallClosed:
        return _closed()
    return JsonResponse({})


@login_required
@require_POST
def hand_in_envelope(request: HttpRequest, ref: str) -> JsonResponse:
    """Take in the envelope closed in the browser; answer where its receipt is."""
    found, _sealing = own_sealed_proposal_for(request.user, ref)
    data = EnvelopeData(
        recipient=request.POST.get("recipient", ""),
        ciphertext=_bytes(request, "ciphertext"),
        shares=_rows(request.POST.get("shares", "")),
        papers=[str(one) for one in _list(request.POST.get("papers", ""))],
        statement=_mapping(request.POST.get("statement", "")),
    )
    version = _number(request.POST.get("version", ""))
    address, refusals = hand_in(request, found, data, version)
    if refusals:
        return _conflict({"refusals": refusals})
    return JsonResponse({"go": address})


def hand_in(
    request: HttpRequest, proposal: Proposal, data: EnvelopeData, version: int | None
) -> tuple[str, list[str]]:
    """Hand the envelope in; return the address of its receipt, or why it was refused."""
    move = "submit" if proposal.case.stage == "draft" else "replace"
    try:
        envelope = actions.hand_in_sealed(proposal, data, by=account_of(request), version=version)
    except Refused as refused:
        track = procedure_of(proposal.case).tracks[proposal.case.track]
        chosen = track.stages[proposal.case.stage].moves.get(move)
        if chosen is None:
            return "", [_("The proposal can no longer be changed.")]
        return "", list(said_refusals(chosen, refused.refusals, language()))
    except MovedMeanwhile:
        return "", [_("Somebody changed this case meanwhile. Look again, then confirm.")]
    except actions.CallClosed:
        return "", [_("Proposals are no longer accepted.")]
    except BadEnvelope as bad:
        return "", [str(ENVELOPE_FAULTS.get(str(bad), ENVELOPE_FAULTS["ciphertext"]))]
    return reverse("calls:receipt", args=(proposal.case.ref, envelope.number)), []


def _closed() -> JsonResponse:
    sentence = _(
        "Proposals are no longer accepted, so this was not saved. What you typed is still "
        "shown below: copy what you want to keep."
    )
    return _conflict({"said": sentence, "closed": True})


def _conflict(answer: dict[str, Any]) -> JsonResponse:
    return JsonResponse(answer, status=HTTPStatus.CONFLICT)


def _bytes(request: HttpRequest, name: str) -> bytes:
    """Return the sealed bytes of a field; nothing when they are missing or were too many."""
    sent = request.FILES.get(name)
    if not isinstance(sent, UploadedFile) or isinstance(sent, DroppedUpload):
        return b""
    return bytes(sent.read())


def _number(written: str) -> int:
    is_number = written.isascii() and written.isdigit() and len(written) <= LONGEST_NUMBER
    return int(written) if is_number else 0


def _read(written: str) -> object:
    try:
        return json.loads(written)
    except (ValueError, RecursionError):
        return None


def _list(written: str) -> list[Any]:
    found = _read(written)
    return found if isinstance(found, list) else []


def _rows(written: str) -> list[dict[str, Any]]:
    return [one for one in _list(written) if isinstance(one, dict)]


def _mapping(written: str) -> dict[str, bool]:
    found = _read(written)
    return {k: v is True for k, v in found.items()} if isinstance(found, dict) else {}
