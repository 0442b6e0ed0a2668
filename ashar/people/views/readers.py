"""For the head of the office: who read cards, and who is cleared to read particulars."""

from __future__ import annotations

from datetime import date, timedelta

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ashar.parties.access import signed_in
from ashar.people import actions
from ashar.people.access import clearance_for, office_for_owner, owned_municipalities
from ashar.people.forms import ClearanceForm
from ashar.people.models import Clearance
from ashar.people.queries.readings import monday_of, week_of_readers

WEEK = timedelta(days=7)


@login_required
@never_cache
@require_safe
def readings(request: HttpRequest) -> HttpResponse:
    """Show who read the cards of the municipality in a week, how often and why."""
    office_for_owner(request.user)
    monday = _asked_monday(request)
    context = {
        "weeks": week_of_readers(owned_municipalities(request.user), monday),
        "monday": monday,
        "sunday": monday + WEEK - timedelta(days=1),
        "before": monday - WEEK,
        "after": monday + WEEK if monday + WEEK <= timezone.localdate() else None,
    }
    return render(request, "people/readings.html", context)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def clearances(request: HttpRequest) -> HttpResponse:
    """Show and give clearances; the head cannot clear himself."""
    user = signed_in(request)
    offices = office_for_owner(user)
    form = ClearanceForm(request.POST if request.method == "POST" else None, offices=offices)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        mandate = given.pop("mandate")
        try:
            actions.give_clearance(
                person=mandate.person, organisation=mandate.organisation, **given, by=user
            )
        except PermissionDenied:
            form.add_error("mandate", _("Nobody clears himself: another person must."))
        else:
            messages.success(request, _("Saved."))
            return redirect("people:clearances")
    kept = Clearance.objects.filter(organisation__in=offices).select_related("person", "given_by")
    today = timezone.localdate()
    context = {"form": form, "clearances": kept, "today": today}
    return render(request, "people/clearances.html", context)


@login_required
@require_POST
def end_clearance(request: HttpRequest, number: int) -> HttpResponse:
    """End a clearance today."""
    user = signed_in(request)
    actions.end_clearance(clearance_for(user, number), on=timezone.localdate(), by=user)
    messages.success(request, _("Saved."))
    return redirect("people:clearances")


def _asked_monday(request: HttpRequest) -> date:
    try:
        asked = date.fromisoformat(request.GET.get("week", ""))
    except ValueError:
        asked = timezone.localdate()
    return monday_of(min(asked, timezone.localdate()))
