"""Pages of mandates: who acts for us, by which act, from when to when; two persons for each."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ashar.interface.lists import listing
from ashar.parties import access
from ashar.parties.actions import (
    confirm_mandate,
    end_mandate,
    give_mandate,
    register_person,
)
from ashar.parties.choices import MandateState
from ashar.parties.forms import EndForm, MandateForm
from ashar.parties.models import Mandate, Person
from ashar.parties.queries import in_state, others_of, state_of
from ashar.parties.tables import MandateFilter, MandateTable


@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List who acts for the bodies this person answers for, and her own mandates."""
    rows = access.mandates_seen_by(request.user)
    today = timezone.localdate()
    return listing(
        request,
        queryset=rows.select_related("person", "organisation").order_by(
            "organisation__sort_key", "person__search_key", "pk"
        ),
        filterset=MandateFilter,
        table=MandateTable,
        page_title=_("Who acts for whom"),
        empty=_("Nobody acts for anybody here yet. Name the first person."),
        template="parties/mandates.html",
        context={
            "may_propose": access.keeps_mandates(request.user),
            "waiting": in_state(rows, MandateState.WAITING, today).count(),
            "soon": in_state(rows, MandateState.SOON, today).count(),
        },
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Propose that somebody acts for a body; another person confirms it."""
    if not access.keeps_mandates(request.user):
        raise Http404
    today = timezone.localdate()
    form = MandateForm(
        access.kept_organisations(request.user), request.POST or None, initial={"valid_from": today}
    )
    if request.method == "POST" and form.is_valid():
        made = _proposed(request, form)
        messages.success(request, _("Proposed. It takes effect when another person confirms it."))
        return redirect("parties:mandate", made.pk)
    return render(request, "parties/new_mandate.html", {"form": form})


def _proposed(request: HttpRequest, form: MandateForm) -> Mandate:
    given, me = form.cleaned_data, access.signed_in(request)
    person: Person = given["person"] or register_person(name=given["name"].strip(), by=me)
    first: date = given["valid_from"]
    return give_mandate(
        person=person,
        organisation=given["organisation"],
        role=given["role"],
        valid_from=first,
        valid_to=given["valid_to"],
        act=given["act"],
        by=me,
    )


@login_required
@require_safe
def mandate(request: HttpRequest, number: int) -> HttpResponse:
    """Show a mandate with its history, and the person's other mandates."""
    found = access.mandate_for(request.user, number)
    context = {
        "mandate": found,
        "state": state_of(found, timezone.localdate()),
        "may_confirm": access.may_confirm(request.user, found),
        "may_end": access.may_end(request.user, found),
        "others": others_of(found) if access.keeps_mandates(request.user) else [],
    }
    return render(request, "parties/mandate.html", context)


@login_required
@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    """Let a proposed mandate take effect."""
    found = access.mandate_for(request.user, number)
    if found.confirmed_at is not None:
        messages.info(request, _("This step was already taken. Here is how things stand."))
        return redirect("parties:mandate", found.pk)
    if access.may_confirm(request.user, found):
        confirm_mandate(found, by=access.signed_in(request))
        messages.success(request, _("Confirmed: the mandate is valid."))
    else:
        said = _(
            "Two persons give a mandate: whoever proposed it or receives it cannot confirm it. "
            "Ask the head, the secretary or the administrator."
        )
        messages.error(request, said)
    return redirect("parties:mandate", found.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, number: int) -> HttpResponse:
    """End a mandate with its reason; one person is enough to take a right away."""
    found = access.mandate_for(request.user, number)
    if not access.may_end(request.user, found):
        if found.ended_on is None:
            raise Http404
        messages.info(request, _("This step was already taken. Here is how things stand."))
        return redirect("parties:mandate", found.pk)
    form = EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        end_mandate(found, reason=form.cleaned_data["reason"], by=access.signed_in(request))
        messages.success(request, _("The mandate is ended."))
        return redirect("parties:mandates")
    return render(request, "parties/end_mandate.html", {"form": form, "mandate": found})
