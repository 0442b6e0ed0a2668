"""Pages of organisations: entering one, and where it is found and paid."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ashar.parties import access
from ashar.parties.actions import edit_organisation, register_organisation
from ashar.parties.forms import OrganisationForm, ReachForm
from ashar.parties.models import Organisation

REACH = ("address", "telephone", "account_number")


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the bodies this person answers for."""
    if not access.keeps_mandates(request.user):
        raise Http404
    bodies = access.kept_organisations(request.user)
    context = {"bodies": bodies[:200], "count": bodies.count(), "may_enter": _may_enter(request)}
    return render(request, "parties/organisations.html", context)


def _may_enter(request: HttpRequest) -> bool:
    """Say whether the person may enter a body: an administrator, or an official for an NGO."""
    offices = access.organisations_of(request.user, "specialist", "head", "secretary")
    return access.is_administrator(request.user) or bool(offices)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Enter a body; who acts for it is proposed next. Whoever enters it answers for it."""
    if not _may_enter(request):
        raise Http404
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        offices = access.organisations_of(request.user, "specialist", "head", "secretary")
        register_organisation(
            **form.cleaned_data,
            territory=offices[0].territory if offices else None,
            keeper=offices[0] if offices else None,
            by=access.signed_in(request),
        )
        messages.success(request, _("Entered. Now name who acts for it."))
        return redirect("parties:new_mandate")
    return render(request, "parties/edit_organisation.html", {"form": form, "organisation": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Write where an organisation is found and paid."""
    found: Organisation = access.kept_organisation_for(request.user, ref)
    form = ReachForm(request.POST or None, initial={name: getattr(found, name) for name in REACH})
    if request.method == "POST" and form.is_valid():
        edit_organisation(found, by=access.signed_in(request), **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("parties:organisations")
    context = {"form": form, "organisation": found}
    return render(request, "parties/edit_organisation.html", context)
