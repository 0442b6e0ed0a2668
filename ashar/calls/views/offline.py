"""Writing and sealing without the Internet: one file to take home, one page to hand in."""

from __future__ import annotations

from functools import lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.staticfiles import finders
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from ashar.calls import actions
from ashar.calls.access import applicants_of, call_for, may_edit_draft, own_sealed_proposal_for
from ashar.calls.actions.sealed_drafts import TooManyPapers, keep_sealed_paper
from ashar.calls.core import OfflineEnvelope, UnreadableFileError, read_draft, read_offline
from ashar.calls.models import Proposal
from ashar.calls.queries.proposals import SOURCES, own_proposal_in
from ashar.calls.queries.sealed import (
    kinds_asked,
    kinds_of,
    said_holders,
    sealing_for,
    told_of_call,
)
from ashar.calls.views.draft_page import draft_page
from ashar.calls.views.sealed import hand_in
from ashar.interface.forms import AsharForm
from ashar.interface.templatetags.ashar import sheet_text
from ashar.interface.uploads import DroppedUpload
from ashar.seals.actions import EnvelopeData, NotSealed, TooLarge
from ashar.seals.choices import SealedBy

SCRIPTS = (
    "seals/seal.js",
    "calls/reading.js",
    "calls/kept.js",
    "calls/draft.js",
    "calls/sealing.js",
    "calls/papers.js",
    "calls/offline.js",
)


@lru_cache(maxsize=1)
def _scripts() -> str:
    """Return the same scripts that the pages use, for the one file that stands alone."""
    found = [Path(str(finders.find(name))).read_text(encoding="utf-8") for name in SCRIPTS]
    return "\n".join(found).replace("</script", "<\\/script")


@login_required
@require_safe
def file(request: HttpRequest, ref: str) -> HttpResponse:
    """Give the page for writing without the Internet; a proposal is begun before it is taken."""
    found = call_for(request.user, ref)
    sealing = sealing_for(found)
    if sealing is None:
        raise Http404
    own = own_proposal_in(found, [one.pk for one in applicants_of(request.user)])
    if own is None:
        return redirect("calls:take_part", ref)
    proposal, sealing = own_sealed_proposal_for(request.user, own.case.ref)
    context = {
        "proposal": proposal,
        "call": found,
        "keys": said_holders(sealing),
        "page": draft_page({}, read_draft({}, SOURCES), found.maximum),
        "kinds": kinds_of(found),
        "asked": kinds_asked(proposal),
        "told": {**told_of_call(found, sealing), "proposal": proposal.case.ref},
        "style": mark_safe(sheet_text()),  # noqa: S308 - our own committed file
        "scripts": mark_safe(_scripts()),  # noqa: S308 - our own committed files
    }
    response = render(request, "calls/offline.html", context)
    response["Content-Disposition"] = f'attachment; filename="ashar-{proposal.case.ref}.html"'
    return response


class EnvelopeFileForm(AsharForm):
    """The file that the offline page made."""

    file = forms.FileField(label=gettext_lazy("File made by the page without the Internet"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: HttpRequest, ref: str) -> HttpResponse:
    """Hand in a file that the offline page made, by anybody of the applicant's people."""
    found, _sealing = own_sealed_proposal_for(request.user, ref)
    if not may_edit_draft(request.user, found):
        messages.info(request, _("The proposal can no longer be changed."))
        return redirect(found)
    form = EnvelopeFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        address, problem = _take_in(request, found, form.cleaned_data["file"])
        if not problem:
            return redirect(address)
        form.add_error("file", problem)
    status = HTTPStatus.CONFLICT if form.is_bound and form.errors else HTTPStatus.OK
    context: dict[str, Any] = {"proposal": found, "call": found.call, "case": found.case}
    return render(request, "calls/upload_envelope.html", {**context, "form": form}, status=status)


def _take_in(request: HttpRequest, proposal: Proposal, sent: UploadedFile[Any]) -> tuple[str, str]:
    """Keep the sealed papers and hand the envelope in; return the receipt, or why not."""
    made = _read(sent)
    if isinstance(made, str):
        return "", made
    if made.proposal != proposal.case.ref:
        return "", _("This file was made for another proposal.")
    try:
        data = _data(made, [keep_sealed_paper(proposal, ciphertext=one).ref for one in made.papers])
    except actions.CallClosed:
        return "", _("Proposals are no longer accepted.")
    except TooManyPapers:
        return "", _("There are too many papers. Take off those not needed.")
    except (NotSealed, TooLarge):
        return "", _("This is not a file of the page for writing without the Internet.")
    address, refusals = hand_in(request, proposal, data, None)
    return address, " ".join(refusals)


def _read(sent: UploadedFile[Any]) -> OfflineEnvelope | str:
    """Return what the file holds, or why it cannot be read."""
    if isinstance(sent, DroppedUpload):
        return _("The file is too large. Take some papers off on the page that made it.")
    try:
        return read_offline(sent.read())
    except UnreadableFileError:
        return _("This is not a file of the page for writing without the Internet.")


def _data(made: OfflineEnvelope, refs: list[str]) -> EnvelopeData:
    return EnvelopeData(
        recipient=made.recipient,
        ciphertext=made.ciphertext,
        shares=made.shares,
        papers=refs,
        statement=made.statement,
        sealed_by=SealedBy.OFFLINE,
    )
