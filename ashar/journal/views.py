"""Pages of the journal for everybody: published checkpoints, and the check of one."""

from __future__ import annotations

from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ashar.journal.actions.cosigning import NotCosigned, add_checkpoint
from ashar.journal.forms import NoteForm
from ashar.journal.models import Checkpoint
from ashar.journal.queries.judging import judge
from ashar.journal.queries.keys import printed_cosigner_key, printed_key
from ashar.journal.queries.proofs import (
    checkpoints,
    newest,
    note_with_cosignatures,
    proof_of,
)

PLAIN = "text/plain; charset=utf-8"
VERIFIER = Path(__file__).parent / "static" / "journal" / "verifier.py"
LARGEST_REQUEST = 16_384


@require_http_methods(["GET", "HEAD", "POST"])
def journal(request: HttpRequest) -> HttpResponse:
    """Show how far the journal reaches, and compare a mark that somebody kept with it."""
    form = NoteForm(request.POST or None)
    judgement = None
    if request.method == "POST" and form.is_valid():
        judgement = judge(form.cleaned_data["note"])
    context = {
        "form": form,
        "judgement": judgement,
        "newest": newest(),
        "checkpoints": checkpoints(),
        "key": printed_key(),
    }
    return render(request, "journal/journal.html", context)


@require_safe
def checkpoint_text(_request: HttpRequest, size: int | None = None) -> HttpResponse:
    """Send the newest signed note, or the one of the given size, with its cosignatures."""
    found = get_object_or_404(Checkpoint, size=size) if size is not None else newest()
    if found is None:
        raise Http404
    return HttpResponse(note_with_cosignatures(found), content_type=PLAIN)


@require_safe
def key_text(_request: HttpRequest) -> HttpResponse:
    """Send the public keys by which notes of this server are checked."""
    return HttpResponse(f"{printed_key()}\n{printed_cosigner_key()}\n", content_type=PLAIN)


@require_safe
def verifier(_request: HttpRequest) -> FileResponse:
    """Send the program that checks an exported journal without this system."""
    return FileResponse(VERIFIER.open("rb"), as_attachment=True, filename="verifier.py")


@require_safe
def proof(_request: HttpRequest, number: int) -> JsonResponse:
    """Send the proof that the entry is under a published checkpoint."""
    found = proof_of(number)
    if found is None:
        raise Http404
    return JsonResponse(found)


@csrf_exempt  # another server calls; the signature of its note says who it is
@require_POST
def witness(request: HttpRequest) -> HttpResponse:
    """Cosign the checkpoint of a journal that this server witnesses (C2SP tlog-witness)."""
    try:
        said = request.read(LARGEST_REQUEST).decode("utf-8")
        return HttpResponse(add_checkpoint(said), content_type=PLAIN)
    except UnicodeDecodeError:
        return HttpResponse("the request is not UTF-8", content_type=PLAIN, status=400)
    except NotCosigned as refused:
        return HttpResponse(str(refused), content_type=PLAIN, status=refused.status)
