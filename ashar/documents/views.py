"""Pages of documents: the file itself, and the verification of a printed paper."""

from __future__ import annotations

import hashlib
import logging
from typing import Any
from urllib.parse import urlencode

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from ashar.documents.access import document_for
from ashar.documents.choices import Visibility
from ashar.documents.forms import CodeForm, CompareForm
from ashar.documents.models import Document
from ashar.documents.queries import tidy_code, verified_paper
from ashar.journal.queries.marks import judge_printed

logger = logging.getLogger(__name__)
NO_CODE = "unknown"
PDF = "application/pdf"
_SHOWN = frozenset({PDF, "image/png", "image/jpeg"})


@require_safe
def file(request: HttpRequest, ref: str) -> FileResponse:
    """Send the file to whoever may read it; `?save=1` saves it instead of showing it."""
    document = document_for(request.user, ref)
    is_saved = document.media_type not in _SHOWN or "save" in request.GET
    response = FileResponse(
        _opened(document),
        as_attachment=is_saved,
        filename=document.file_name or document.ref,
        content_type=document.media_type,
    )
    # Nothing inside a file may act in the name of this site.
    response["Content-Security-Policy"] = _policy(document.media_type, is_saved=is_saved)
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["X-Content-Type-Options"] = "nosniff"
    is_public = document.visibility == Visibility.PUBLIC
    response["Cache-Control"] = "public, max-age=300" if is_public else "private, no-store"
    return response


def _policy(media_type: str, *, is_saved: bool) -> str:
    """What the file may do in a browser: be looked at.

    Chrome shows no PDF in a sandbox; its own reader keeps the paper apart from the page.
    """
    nothing = (
        "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
        "frame-ancestors 'none'"
    )
    return nothing if media_type == PDF and not is_saved else f"{nothing}; sandbox"


def _opened(document: Document) -> File[bytes]:
    """Open the kept file; one that is gone from the disk is told to those who watch, not shown."""
    try:
        return document.file.open("rb")
    except FileNotFoundError as gone:
        logger.exception(
            "The file of the document %s is gone: restore it from a back-up", document.ref
        )
        raise Http404 from gone


@require_safe
def short_address(request: HttpRequest, code: str) -> HttpResponse:
    """The address in the QR code leads to the page of verification, in Kyrgyz first."""
    mark = request.GET.get("mark", "")
    asked = f"?{urlencode({'mark': mark})}" if mark else ""
    return redirect(f"/ky/verify/{tidy_code(code) or NO_CODE}/{asked}")


@require_http_methods(["GET", "HEAD", "POST"])
def ask_code(request: HttpRequest) -> HttpResponse:
    """Ask for the code printed on the paper."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("documents:verify", code=form.cleaned_data["code"])
    return render(request, "documents/ask_code.html", {"form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: HttpRequest, code: str) -> HttpResponse:
    """Tell anybody what the paper with this code is, and compare a file with it."""
    paper = verified_paper(tidy_code(code), get_language() or "ky")
    if paper is None:
        context = {"form": CodeForm(), "asked": "" if code == NO_CODE else code[:20]}
        return render(request, "documents/unknown_code.html", context, status=404)
    is_sent = request.method == "POST"
    form = CompareForm(request.POST, request.FILES) if is_sent else CompareForm()
    mark = request.GET.get("mark", "")
    context = {
        "paper": paper,
        "form": form,
        "judgement": judge_printed(mark) if mark else None,
    }
    if is_sent and form.is_valid():
        context["compared"] = _digest(form.cleaned_data["file"])
        context["same_as"] = paper.file_with(str(context["compared"]))
    return render(request, "documents/verify.html", context)


def _digest(sent: UploadedFile[Any]) -> str:
    running = hashlib.sha256()
    for chunk in sent.chunks():
        running.update(chunk)
    return running.hexdigest()
