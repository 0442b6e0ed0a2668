"""Pages of focus groups and household surveys: enter one, correct it, remove it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ashar.events.choices import EventKind
from ashar.events.models import Event
from ashar.interface.forms import AsharFormSet
from ashar.needs.access import clerk_session_for, clerk_study_for
from ashar.needs.actions import (
    NotNow,
    Session,
    change_session,
    record_session,
    remove_session,
)
from ashar.needs.core import SURVEY
from ashar.needs.forms import AnswerRows, SessionForm, answers_in
from ashar.needs.models import NeedsStudy
from ashar.needs.views.saving import is_too_late, saved, signed_in, status_of

COLLECTING = "collecting"


def _session_in(form: SessionForm, rows: AsharFormSet) -> Session | None:
    """Return the session typed, or None with the reasons written beside the fields."""
    # Both are asked, so that every mistake shows at once.
    is_sound = form.is_valid()
    if not (rows.is_valid() and is_sound):
        return None
    answers = answers_in(rows, form.cleaned_data["total"])
    return None if answers is None else form.session(answers)


def _show(
    request: HttpRequest, study: NeedsStudy, form: SessionForm, rows: AsharFormSet, **more: Any
) -> HttpResponse:
    context = {"study": study, "case": study.case, "form": form, "rows": rows, **more}
    return render(request, "needs/session.html", context, status=status_of(form))


def _asked_for(request: HttpRequest, study: NeedsStudy) -> dict[str, Any]:
    """Return what the link on the study's page already says: which village and group."""
    asked = request.GET.get("group", "")
    village = study.villages.filter(code=request.GET.get("village", "")).first()
    is_survey = asked == SURVEY
    return {
        "kind": EventKind.SURVEY if is_survey else EventKind.FOCUS_GROUP,
        "group": "" if is_survey else asked,
        "village": village,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_session(request: HttpRequest, ref: str) -> HttpResponse:
    """Record a focus group or a household survey."""
    study = clerk_study_for(request.user, ref)
    if study.case.stage != COLLECTING:
        messages.warning(request, _("Answers are recorded only while they are being collected."))
        return redirect(study)
    form = SessionForm(request.POST or None, study=study, initial=_asked_for(request, study))
    rows = AnswerRows(request.POST or None, prefix="answers")
    if request.method == "POST":
        session = _session_in(form, rows)
        if session is not None:
            once = form.cleaned_data["once"]

            def act() -> None:
                record_session(study, session, by=signed_in(request), once=once)

            if saved(request, form, act, fresh=lambda: 1):
                return redirect(study)
    return _show(request, study, form, rows)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_session(request: HttpRequest, ref: str) -> HttpResponse:
    """Correct a session; answers whose words stay the same stay under their need."""
    study, event = clerk_session_for(request.user, ref)
    if study.case.stage != COLLECTING:
        messages.warning(request, _("The ranking is fixed, so the answers cannot be changed."))
        return redirect(study)
    shown = [{"text": a.text, "mentions": a.mentions} for a in event.answers.order_by("pk")]
    form = SessionForm(request.POST or None, study=study, initial=SessionForm.shown(event))
    rows = AnswerRows(request.POST or None, prefix="answers", initial=shown)
    if request.method == "POST":
        session = _session_in(form, rows)
        if session is not None:
            version = form.cleaned_data["version"]

            def act() -> None:
                change_session(study, event, session, by=signed_in(request), version=version)

            def fresh() -> int:
                return Event.objects.values_list("version", flat=True).get(pk=event.pk)

            if saved(request, form, act, fresh=fresh):
                return redirect(study)
    return _show(request, study, form, rows, event=event)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete_session(request: HttpRequest, ref: str) -> HttpResponse:
    """Say what will be lost, then remove a session entered by mistake."""
    study, event = clerk_session_for(request.user, ref)
    if is_too_late(request, study.case, COLLECTING):
        return redirect(study)
    if request.method == "POST":
        try:
            remove_session(study, event, by=signed_in(request))
        except NotNow:
            messages.warning(request, _("The ranking is fixed, so the answers cannot be changed."))
        else:
            messages.success(request, _("The record was removed."))
        return redirect(study)
    context = {"study": study, "case": study.case, "event": event, "answers": event.answers.all()}
    return render(request, "needs/session_delete.html", context)
