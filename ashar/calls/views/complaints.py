"""Pages of complaints: lodging one, and reading it with its answer."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ashar.calls import actions
from ashar.calls.access import complaint_for, own_proposal_for
from ashar.calls.forms import ComplaintForm
from ashar.calls.queries.calls import complaint_last_day
from ashar.calls.queries.complaints import may_complain
from ashar.calls.views.people import account_of
from ashar.cases.queries import panel


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def complain(request: HttpRequest, ref: str) -> HttpResponse:
    """Lodge a complaint about the decision on one's own proposal."""
    found = own_proposal_for(request.user, ref)
    form = ComplaintForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            lodged = actions.lodge_complaint(
                found, text=form.cleaned_data["text"], by=account_of(request)
            )
        except actions.MayNotComplain:
            form.add_error(
                None,
                _(
                    "A complaint cannot be lodged now: there is no decision yet, the time for "
                    "complaints is over, or your complaint is already being answered."
                ),
            )
        else:
            messages.success(request, _("The complaint is lodged. The customer must answer it."))
            return redirect(lodged)
    elif request.method != "POST" and not may_complain(found):
        messages.info(request, _("A complaint cannot be lodged now."))
        return redirect(found)
    context = {
        "proposal": found,
        "call": found.call,
        "case": found.case,
        "form": form,
        "last_day": complaint_last_day(found.call),
    }
    return render(request, "calls/complain.html", context)


@login_required
@require_safe
def complaint(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a complaint with its answer to those concerned."""
    found = complaint_for(request.user, ref)
    context = {
        "complaint": found,
        "proposal": found.proposal,
        "call": found.proposal.call,
        "panel": panel(found.case, request.user),
    }
    return render(request, "calls/complaint.html", context)
