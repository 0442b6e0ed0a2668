"""Pages of gatherings: the list, a call, the gathering, its particulars, the vote file."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ashar.cases.access import may_view
from ashar.cases.queries import language, panel, procedure_of
from ashar.events.models import Event
from ashar.events.queries import AGE_BANDS, people_at, public_people_at, words_of
from ashar.interface.exports import csv_answer
from ashar.interface.forms import AsharFormSet
from ashar.interface.lists import listing
from ashar.interface.words import named
from ashar.needs.access import (
    MUNICIPALITY,
    clerk_gathering_for,
    clerk_study_for,
    gathering_for,
    visible_gatherings,
)
from ashar.needs.actions import call_gathering, change_gathering
from ashar.needs.forms import AgendaRows, GatheringFilter, GatheringForm
from ashar.needs.models import Gathering
from ashar.needs.queries import figure, votes_of
from ashar.needs.tables import GatheringTable
from ashar.needs.views.saving import is_too_late, saved, signed_in, status_of


@require_safe
def gathering_list(request: HttpRequest) -> HttpResponse:
    """Show gatherings that are announced, and those of the reader's own municipality."""
    return listing(
        request,
        queryset=visible_gatherings(request.user),
        filterset=GatheringFilter,
        table=GatheringTable,
        page_title=_("Citizens' gatherings"),
        empty=_("No gathering is announced yet. It is called from the page of a ranked study."),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_gathering(request: HttpRequest, ref: str) -> HttpResponse:
    """Call a gathering that votes on the ranked needs."""
    study = clerk_study_for(request.user, ref)
    if study.case.stage != "ranked":
        messages.warning(request, _("A gathering is called once the ranking is fixed."))
        return redirect(study)
    form = GatheringForm(request.POST or None, study=study)
    rows = AgendaRows(request.POST or None, prefix="agenda")
    if request.method == "POST" and _are_sound(form, rows):
        made: list[Gathering] = []
        once = form.cleaned_data["once"]

        def act() -> None:
            made.append(call_gathering(study, form.plan(rows), by=signed_in(request), once=once))

        if saved(request, form, act, fresh=lambda: 1):
            return redirect(made[0])
    context = {"form": form, "rows": rows, "study": study, "case": study.case}
    context["cancel_url"] = study.get_absolute_url()
    return render(request, "needs/gathering_form.html", context, status=status_of(form))


def _are_sound(form: GatheringForm, rows: AsharFormSet) -> bool:
    """Check both, so that every mistake shows at once."""
    is_sound = form.is_valid()
    return rows.is_valid() and is_sound


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_gathering(request: HttpRequest, ref: str) -> HttpResponse:
    """Change a gathering that is not announced yet."""
    found = clerk_gathering_for(request.user, ref)
    if is_too_late(request, found.case, "preparing"):
        return redirect(found)
    agenda = [{"text_ky": i.text_ky, "text_ru": i.text_ru} for i in found.event.agenda.all()]
    form = GatheringForm(
        request.POST or None, study=found.study, initial=GatheringForm.shown(found)
    )
    rows = AgendaRows(request.POST or None, prefix="agenda", initial=agenda)
    if request.method == "POST" and _are_sound(form, rows):
        version = form.cleaned_data["version"]

        def act() -> None:
            change_gathering(found, form.plan(rows), by=signed_in(request), version=version)

        if saved(request, form, act, fresh=lambda: fresh_version(found)):
            return redirect(found)
    context = {"form": form, "rows": rows, "gathering": found, "case": found.case}
    context["cancel_url"] = found.get_absolute_url()
    return render(request, "needs/gathering_form.html", context, status=status_of(form))


def fresh_version(found: Gathering) -> int:
    """Return the present version of the gathering's event."""
    return Event.objects.values_list("version", flat=True).get(pk=found.event_id)


@require_safe
def gathering(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a gathering: notice, agenda, who came, votes, proposals, decision."""
    found = gathering_for(request.user, ref)
    shown = panel(found.case, request.user)
    is_clerk = MUNICIPALITY in shown.roles
    stage = found.case.stage
    tongue = language()
    names = ("gathering_notice_term", "gathering_quorum", "gathering_majority")
    figures = [figure(found.case, name) for name in names]
    context = {
        "gathering": found,
        "event": found.event,
        "case": found.case,
        "panel": shown,
        "may_plan": is_clerk and stage == "preparing",
        "may_count": is_clerk and stage in {"announced", "held"},
        "may_decide": is_clerk and stage == "held",
        "people": public_people_at(found.event),
        "ages": words_of(AGE_BANDS),
        "votes": list(votes_of(found)),
        "agenda": found.event.agenda.all(),
        "suggestions": found.event.suggestions.order_by("pk"),
        "figures": [(f.title.say(tongue), f.say(tongue), f.whose) for f in figures],
        "may_view_study": may_view(request.user, found.study.case),
        "procedure": procedure_of(found.case),
    }
    return render(request, "needs/gathering.html", context)


@require_safe
def vote_file(request: HttpRequest, ref: str) -> HttpResponse:
    """Give the votes as a file of comma-separated values; what people typed is never a formula."""
    found = gathering_for(request.user, ref)
    head = (_("Need"), _("In favour"), _("Against"), _("Abstained"), _("People present"))
    present = people_at(found.event).total
    rows = [
        (
            named(vote.need, "title"),
            vote.ballot.in_favour,
            vote.ballot.against,
            vote.ballot.abstained,
            present,
        )
        for vote in votes_of(found)
    ]
    return csv_answer(f"votes-{found.case.ref}.csv", [head, *rows])
