"""Pages of the spine: any case by its reference, the page of a move, filing a paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ashar.cases.access import case_for, standing_case_for
from ashar.cases.actions import MovedMeanwhile, file_documents, make_move, withdraw_document
from ashar.cases.core import is_decisive
from ashar.cases.forms import MoveForm, PaperForm
from ashar.cases.models import Case, CaseDocument
from ashar.cases.queries import (
    language,
    law,
    may_change_papers,
    move_offers,
    panel,
    procedure_of,
    roles_of,
    said_refusals,
    subject_of,
)
from ashar.documents.actions import RefusedUpload, store_upload
from ashar.entrance.access import must_sign_in_anew, sign_in_anew
from ashar.parties.access import signed_in
from ashar.procedures.engine import Refused
from ashar.procedures.model import Move


@require_safe
def case(request: HttpRequest, ref: str) -> HttpResponse:
    """Lead to the page of what the case is about."""
    found = case_for(request.user, ref)
    return redirect(subject_of(found).get_absolute_url())


def _move_of(case: Case, name: str, request: HttpRequest) -> Move:
    """Return the move if the person may see it here.

    Raises Http404 otherwise: what is not hers to decide has no page.
    """
    stage = procedure_of(case).tracks[case.track].stages[case.stage]
    move = stage.moves.get(name)
    if move is None or not set(move.by) & set(roles_of(case, request.user)):
        raise Http404
    return move


def _gone_by(case: Case, name: str) -> bool:
    """Say whether the move was made already, so that a second click finds its result."""
    return case.decisions.filter(move=name).exists()


def _weighs(case: Case, name: str) -> bool:
    """Say whether the step is one of those for which a person shows anew who she is."""
    return is_decisive(procedure_of(case).tracks[case.track].subject, name)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def move(request: HttpRequest, ref: str, name: str) -> HttpResponse:
    """Show what a move will do and under which article; make it when confirmed."""
    found = standing_case_for(request.user, ref)
    home = subject_of(found).get_absolute_url()
    try:
        chosen = _move_of(found, name, request)
    except Http404:
        if not _gone_by(found, name):
            raise
        messages.info(request, _("This step was already taken. Here is how things stand."))
        return redirect(home)
    if _weighs(found, name) and must_sign_in_anew(request):
        return sign_in_anew(request)
    form = MoveForm(chosen, request.POST or None, initial={"version": found.version})
    refusals: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            make_move(
                found,
                name,
                by=signed_in(request),
                answers=form.answers(),
                version=form.cleaned_data["version"],
            )
        except MovedMeanwhile:
            form = _with_fresh_version(chosen, request, found)
            refusals = [_("Somebody changed this case meanwhile. Look again, then confirm.")]
        except Refused as refused:
            refusals = list(said_refusals(chosen, refused.refusals, language()))
        else:
            messages.success(request, _("Done: %(move)s") % {"move": chosen.title.say(language())})
            return redirect(home)
    return _move_page(request, found, chosen, form, refusals)


def _with_fresh_version(chosen: Move, request: HttpRequest, found: Case) -> MoveForm:
    """Return the form with everything typed kept, under the case's present version."""
    data = request.POST.copy()
    data["version"] = str(Case.objects.values_list("version", flat=True).get(pk=found.pk))
    return MoveForm(chosen, data)


def _edit_address(subject: Any, roles: frozenset[str]) -> str:
    """Return where these actors mend what the case is about; empty where nothing is written."""
    told = getattr(subject, "edit_address", None)
    return told(roles) if told else ""


def _move_page(
    request: HttpRequest, found: Case, chosen: Move, form: MoveForm, refusals: list[str]
) -> HttpResponse:
    """Render the page of a move, with the reasons against it, if any."""
    tongue = language()
    procedure = procedure_of(found)
    roles = roles_of(found, request.user)
    offers = {o.key: o for o in move_offers(found, roles)}
    subject = subject_of(found)
    offer = offers.get(chosen.name)
    stages = procedure.tracks[found.track].stages
    context = {
        "case": found,
        "panel": panel(found, request.user),
        "subject": subject,
        "edit_address": _edit_address(subject, frozenset(roles)),
        "move_title": chosen.title.say(tongue),
        "from_title": stages[found.stage].title.say(tongue),
        "to_title": stages[chosen.to].title.say(tongue),
        "is_last": not stages[chosen.to].moves,
        "cite": chosen.cite.say(law(), tongue) if chosen.cite else "",
        "form": form,
        "refusals": refusals or (list(offer.refusals) if offer else []),
    }
    return render(request, "cases/move.html", context, status=409 if refusals else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add_paper(request: HttpRequest, ref: str) -> HttpResponse:
    """File a paper on the case."""
    found = standing_case_for(request.user, ref)
    if not may_change_papers(found, roles_of(found, request.user)):
        return _papers_are_settled(request, found)
    kinds = tuple(procedure_of(found).documents.values())
    form = PaperForm(kinds, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            document = store_upload(
                given["file"],
                kind=given["kind"],
                title=given["title"],
                by=signed_in(request),
                visibility="parties",
            )
        except RefusedUpload as refused:
            form.add_error("file", str(refused))
        else:
            file_documents(found, [document], kind=given["kind"], by=signed_in(request))
            messages.success(request, _("The paper is filed."))
            return redirect(subject_of(found).get_absolute_url())
    context = {"case": found, "panel": panel(found, request.user), "form": form}
    return render(request, "cases/add_paper.html", context)


def _papers_are_settled(request: HttpRequest, found: Case) -> HttpResponse:
    """Say that what others decide on stays as they read it."""
    messages.info(request, _("Papers can no longer be added here or taken off."))
    return redirect(subject_of(found).get_absolute_url())


@login_required
@require_POST
def remove_paper(request: HttpRequest, ref: str, document_ref: str) -> HttpResponse:
    """Take off the case a paper which the person filed by mistake; generated papers stay."""
    found = standing_case_for(request.user, ref)
    filing = CaseDocument.objects.filter(
        case=found,
        document__ref=document_ref,
        document__made_from__isnull=True,
        document__created_by=signed_in(request),
        withdrawn_at__isnull=True,
    ).first()
    if filing is None:
        raise Http404
    if not may_change_papers(found, roles_of(found, request.user)):
        return _papers_are_settled(request, found)
    withdraw_document(filing, by=signed_in(request))
    messages.success(request, _("The paper was taken off the case."))
    return redirect(subject_of(found).get_absolute_url())
