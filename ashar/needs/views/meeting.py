"""What is written down at a gathering: who came, proposals, votes, minutes."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ashar.events.queries import present_at
from ashar.interface.templatetags.ashar import words_of_day
from ashar.needs.access import clerk_gathering_for
from ashar.needs.actions import (
    record_attendance,
    record_suggestions,
    record_votes,
    write_minutes,
)
from ashar.needs.forms import (
    AttendanceForm,
    MinutesForm,
    SuggestionRows,
    VersionForm,
    VotesForm,
)
from ashar.needs.models import Gathering
from ashar.needs.queries import votes_of
from ashar.needs.views.gatherings import fresh_version
from ashar.needs.views.saving import saved, signed_in, status_of


def _too_early(request: HttpRequest, found: Gathering, *stages: str) -> bool:
    """Say in a sentence why this cannot be written down now, if it cannot."""
    if found.case.stage in stages:
        return False
    messages.warning(
        request, _("This is written down when the gathering is at that stage. See what comes next.")
    )
    return True


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def attendance(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down who came, in counts."""
    found = clerk_gathering_for(request.user, ref)
    if _too_early(request, found, "announced", "held"):
        return redirect(found)
    held_on = found.event.held_on
    if held_on and held_on > timezone.localdate():
        sentence = _("The gathering is on %(day)s. Who came is written down on that day.")
        messages.warning(request, sentence % {"day": words_of_day(held_on)})
        return redirect(found)
    form = AttendanceForm(request.POST or None, initial=AttendanceForm.shown(found))
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            record_attendance(
                found, form.counts(), by=signed_in(request), version=form.cleaned_data["version"]
            )

        if saved(request, form, act, fresh=lambda: fresh_version(found)):
            return redirect(found)
    context = {"form": form, "gathering": found, "case": found.case}
    return render(request, "needs/attendance.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def votes(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down the votes."""
    found = clerk_gathering_for(request.user, ref)
    if _too_early(request, found, "held"):
        return redirect(found)
    form = VotesForm(
        request.POST or None,
        votes=list(votes_of(found)),
        present=present_at(found.event) or 0,
        initial={"version": found.event.version},
    )
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            record_votes(
                found, form.counts(), by=signed_in(request), version=form.cleaned_data["version"]
            )

        if saved(request, form, act, fresh=lambda: fresh_version(found)):
            return redirect(found)
    context = {"form": form, "gathering": found, "case": found.case}
    return render(request, "needs/votes.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def suggestions(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down what people proposed and the answers."""
    found = clerk_gathering_for(request.user, ref)
    if _too_early(request, found, "announced", "held"):
        return redirect(found)
    names = ("group", "text", "answer", "is_accepted")
    shown = list(found.event.suggestions.order_by("pk").values(*names))
    form = VersionForm(request.POST or None, initial={"version": found.event.version})
    rows = SuggestionRows(request.POST or None, prefix="said", initial=shown)
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        given = [row.cleaned_data for row in rows.forms if row.cleaned_data.get("text")]

        def act() -> None:
            record_suggestions(
                found, given, by=signed_in(request), version=form.cleaned_data["version"]
            )

        if saved(request, form, act, fresh=lambda: fresh_version(found)):
            return redirect(found)
    context = {"form": form, "rows": rows, "gathering": found, "case": found.case}
    return render(request, "needs/suggestions.html", context, status=status_of(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def minutes(request: HttpRequest, ref: str) -> HttpResponse:
    """Write down who led and what was decided."""
    found = clerk_gathering_for(request.user, ref)
    if _too_early(request, found, "held"):
        return redirect(found)
    form = MinutesForm(request.POST or None, initial=MinutesForm.shown(found))
    if request.method == "POST" and form.is_valid():

        def act() -> None:
            write_minutes(
                found, form.minutes(), by=signed_in(request), version=form.cleaned_data["version"]
            )

        if saved(request, form, act, fresh=lambda: fresh_version(found)):
            return redirect(found)
    context = {"form": form, "gathering": found, "case": found.case}
    return render(request, "needs/minutes.html", context, status=status_of(form))
