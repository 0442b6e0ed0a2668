"""Papers in the weaker way: looked at in memory, sealed, kept; nothing readable is written."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from ashar.calls import actions
from ashar.calls.access import own_sealed_proposal_for
from ashar.calls.actions.sealed_drafts import (
    TooManyPapers,
    keep_sealed_paper,
    remove_sealed_paper,
)
from ashar.calls.core import SealedContent
from ashar.calls.models import Proposal
from ashar.calls.queries.sealed import content_with, draft_of, kinds_of
from ashar.calls.views.people import account_of
from ashar.calls.views.weaker import code_from, save_content
from ashar.documents.actions import RefusedUpload
from ashar.documents.core import RefusedFile, check_upload
from ashar.interface.forms import AsharForm, UploadField
from ashar.seals.actions import DraftMoved, TooLarge
from ashar.seals.core import encrypt, recipient_of


class SealedPaperForm(AsharForm):
    """A paper of a proposal written in the weaker way."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of paper"), initial="other")
    title = forms.CharField(label=gettext_lazy("What it is called"), max_length=120)
    file = UploadField(label=gettext_lazy("File"))

    def __init__(self, kinds: list[tuple[str, str]], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, ref: str) -> HttpResponse:
    """Attach a paper in the weaker way."""
    found, _sealing = own_sealed_proposal_for(request.user, ref)
    code = code_from(request, found)
    draft = draft_of(found)
    content = content_with(draft, code) if code and draft else None
    if content is None or draft is None:
        return redirect("calls:write_weaker", ref)
    form = SealedPaperForm(kinds_of(found.call), request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        problem = _seal(request, found, form.cleaned_data, code, content, draft.version)
        if not problem:
            messages.success(request, _("The paper is sealed and attached."))
            return redirect("calls:write_weaker", ref)
        form.add_error("file", problem)
    context = {"proposal": found, "call": found.call, "case": found.case, "form": form}
    return render(request, "calls/weaker_paper.html", context)


def _seal(
    request: HttpRequest,
    proposal: Proposal,
    given: dict[str, Any],
    code: str,
    content: SealedContent,
    version: int,
) -> str:
    """Seal the paper and name it in the draft; return why not, in words, or nothing."""
    sent: UploadedFile[Any] = given["file"]
    raw = sent.read(settings.DOCUMENT_MAX_BYTES + 1)
    try:
        checked = check_upload(sent.name or "", raw, settings.DOCUMENT_MAX_BYTES)
        sealed = encrypt(raw, recipient_of(code))
        kept = keep_sealed_paper(proposal, ciphertext=sealed)
        paper = {
            "ref": kept.ref,
            "name": named_by_title(given["title"], checked.name),
            "kind": given["kind"],
            "sha256": hashlib.sha256(raw).hexdigest(),
            "sealed_sha256": kept.sha256,
        }
        more = SealedContent(content.typed, (*content.papers, paper))
        save_content(proposal, more, code, by=account_of(request), version=version)
    except RefusedFile as refused:
        return str(RefusedUpload(refused.reason))
    except actions.CallClosed:
        return _("Proposals are no longer accepted.")
    except TooManyPapers:
        return _("There are too many papers. Take off those not needed.")
    except TooLarge:
        return _("The file is too large. Make it smaller.")
    except DraftMoved:
        return _("A colleague saved the proposal at this moment. Please attach the paper again.")
    return ""


def named_by_title(title: str, name: str) -> str:
    """Return the title with the ending of the file: so the paper is called after the opening."""
    ending = name.rpartition(".")[2]
    return f"{title.strip()}.{ending}" if title.strip() else name


@login_required
@require_POST
def remove(request: HttpRequest, ref: str) -> HttpResponse:
    """Take a paper off the draft in the weaker way."""
    found, _sealing = own_sealed_proposal_for(request.user, ref)
    code = code_from(request, found)
    draft = draft_of(found)
    content = content_with(draft, code) if code and draft else None
    if content is not None and draft is not None:
        taken = request.POST.get("paper", "")
        left = tuple(one for one in content.papers if one["ref"] != taken)
        try:
            less = SealedContent(content.typed, left)
            save_content(found, less, code, by=account_of(request), version=draft.version)
            remove_sealed_paper(found, taken)
        except actions.CallClosed:
            messages.info(request, _("Proposals are no longer accepted."))
        except DraftMoved:
            messages.info(request, _("A colleague saved the proposal at this moment. Try again."))
    return redirect("calls:write_weaker", ref)
