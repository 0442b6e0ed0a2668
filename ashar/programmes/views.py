"""Pages of programmes: the list, a programme, its draft and its measures."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import ProtectedError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ashar.cases.models import Case
from ashar.cases.queries import panel
from ashar.events.actions import ChangedMeanwhile
from ashar.interface.lists import listing
from ashar.parties.access import organisations_of, signed_in
from ashar.parties.choices import OrganisationKind
from ashar.parties.models import Organisation
from ashar.programmes import actions
from ashar.programmes.access import draft_for, may_write, programme_for, visible_to
from ashar.programmes.forms import BeginForm, DraftForm, MeasureForm, ProgrammeForm
from ashar.programmes.models import Measure, Programme
from ashar.programmes.queries import (
    already_begun,
    already_listed,
    by_source,
    decided_gatherings,
    measures_of,
    needs_by_study,
    total,
)
from ashar.programmes.tables import ProgrammeFilter, ProgrammeTable


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the programmes that the reader may open."""
    return listing(
        request,
        queryset=visible_to(request.user),
        filterset=ProgrammeFilter,
        table=ProgrammeTable,
        page_title=_("Programmes of social orders"),
        empty=_("No programme has been published yet."),
    )


@require_safe
def programme(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a programme: its goal, its measures, their needs and money."""
    found = programme_for(request.user, ref)
    measures = measures_of(found)
    context = {
        "programme": found,
        "panel": panel(found.case, request.user),
        "measures": [(one, total(line.planned for line in one.funding.all())) for one in measures],
        "sources": by_source(measures),
        "grand_total": total(line.planned for one in measures for line in one.funding.all()),
        "may_write": may_write(request.user, found),
    }
    return render(request, "programmes/programme.html", context)


def _municipality(request: HttpRequest) -> Organisation:
    """Return the body for which the person may begin a programme; Http404 if there is none."""
    found = organisations_of(request.user, "specialist", "head")
    if not found or found[0].territory is None:
        raise Http404
    return found[0]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin the draft of a programme for one's own municipality."""
    municipality = _municipality(request)
    place = municipality.territory
    kenesh = Organisation.objects.filter(kind=OrganisationKind.KENESH, territory=place).first()
    form = BeginForm(decided_gatherings(place), request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.text()
        if begun := already_begun(place, text.title_ky, text.year_from):
            return redirect(begun)
        if kenesh is None:
            form.add_error(None, _("Register the local kenesh first: it approves the programme."))
        else:
            followed = form.chosen_gathering()
            made = actions.open_programme(
                text,
                territory=place,  # type: ignore[arg-type]
                municipality=municipality,
                kenesh=kenesh,
                parent=followed.case if followed else None,
                by=signed_in(request),
            )
            return redirect(made)
    return render(request, "programmes/edit.html", {"form": form, "programme": None})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Write the draft's title, goal and years anew."""
    found = draft_for(request.user, ref)
    form = ProgrammeForm(request.POST or None, initial=ProgrammeForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            actions.edit_programme(
                found, form.text(), by=signed_in(request), version=form.read_version()
            )
        except ChangedMeanwhile:
            form.changed_meanwhile(_present_version(found))
        else:
            messages.success(request, _("Saved."))
            return redirect(found)
    context = {"form": form, "programme": found}
    return render(request, "programmes/edit.html", context, status=_status_of(form))


def _present_version(found: Programme) -> int:
    """Return the version under which the draft may be saved after a look at it."""
    return Case.objects.values_list("version", flat=True).get(pk=found.case_id)


def _status_of(form: DraftForm) -> int:
    """Return the answer's code: 409 when somebody else saved first."""
    return 409 if form.is_bound and form.non_field_errors() else 200


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def measure(request: HttpRequest, ref: str, measure_ref: str | None = None) -> HttpResponse:
    """Add a measure to the draft, or write one anew."""
    found = draft_for(request.user, ref)
    written = get_object_or_404(found.measures, ref=measure_ref) if measure_ref else None
    form = MeasureForm(
        found,
        needs_by_study(found),
        request.POST or None,
        initial={
            **(MeasureForm.initial_of(written) if written else _from_need(request)),
            "version": found.case.version,
        },
    )
    if request.method == "POST" and form.is_valid():
        if written is None and already_listed(found, form.text().need, form.text().title_ky):
            return redirect(found)
        try:
            actions.write_measure(
                found,
                form.text(),
                funding=form.funding(),
                measure=written,
                by=signed_in(request),
                version=form.read_version(),
            )
        except ChangedMeanwhile:
            form.changed_meanwhile(_present_version(found))
        else:
            messages.success(request, _("The measure is saved."))
            return redirect(found)
    context = {"form": form, "programme": found, "measure": written}
    return render(request, "programmes/measure.html", context, status=_status_of(form))


def _from_need(request: HttpRequest) -> dict[str, Any]:
    """Return the need from which the clerk came, chosen beforehand."""
    return {"need": request.GET.get("need")}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, ref: str, measure_ref: str) -> HttpResponse:
    """Ask whether to take the measure out of the draft, then do so."""
    found = draft_for(request.user, ref)
    doomed: Measure = get_object_or_404(found.measures, ref=measure_ref)
    if request.method == "POST":
        try:
            actions.remove_measure(doomed, by=signed_in(request))
        except ProtectedError:
            messages.warning(request, _("A contest is prepared for this measure, so it stays."))
        else:
            messages.success(request, _("The measure was taken out of the draft."))
        return redirect(found)
    return render(request, "programmes/remove.html", {"programme": found, "measure": doomed})
