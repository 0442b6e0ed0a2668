"""Pages of studies: the list, a new one, the study itself, its plan."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ashar.cases.queries import panel, procedure_of
from ashar.events.queries import AGE_BANDS, public_people_at, words_of
from ashar.interface.charts import bar_chart
from ashar.interface.lists import listing
from ashar.interface.words import named
from ashar.needs.access import (
    MUNICIPALITY,
    clerk_study_for,
    offices_of,
    study_for,
    visible_studies,
)
from ashar.needs.actions import change_study, open_study
from ashar.needs.forms import StudyFilter, StudyForm
from ashar.needs.models import NeedsStudy
from ashar.needs.queries import (
    answers_of,
    cover_of,
    gatherings,
    group_tops,
    ranked_needs,
    sessions_of,
)
from ashar.needs.tables import StudyTable
from ashar.needs.views.saving import is_too_late, saved, signed_in, status_of
from ashar.parties.models import Organisation

CHARTED = 12


@require_safe
def study_list(request: HttpRequest) -> HttpResponse:
    """Show the studies that are published, and those of the reader's own municipality."""
    from_office = bool(offices_of(request.user))
    empty = _("No study is published yet. A study is published when it is concluded.")
    if from_office:
        empty = _("There is no study yet. Begin one: choose the villages and whom to ask.")
    return listing(
        request,
        queryset=visible_studies(request.user),
        filterset=StudyFilter,
        table=StudyTable,
        page_title=_("Needs studies"),
        empty=empty,
        template="needs/studies.html",
        context={"may_begin": from_office},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_study(request: HttpRequest) -> HttpResponse:
    """Begin a study in the municipality for which the person acts."""
    offices = offices_of(request.user)
    if not offices:
        raise Http404
    chosen = request.GET.get("office")
    office = next((one for one in offices if one.ref == chosen), offices[0])
    place = office.territory
    if place is None:
        raise Http404
    form = StudyForm(request.POST or None, place=place)
    if request.method == "POST" and form.is_valid():
        return redirect(_begun(request, office, form))
    context = {"form": form, "office": office, "offices": offices, "cancel_url": ""}
    return render(request, "needs/study_form.html", context)


def _begun(request: HttpRequest, office: Organisation, form: StudyForm) -> NeedsStudy:
    """Return the study begun; a second click finds the one that the first click began."""
    plan = form.plan()
    begun = visible_studies(request.user).filter(
        case__parties__organisation=office,
        case__title_ky=plan.title_ky,
        case__stage="planning",
    )
    return begun.first() or open_study(office, plan, by=signed_in(request))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit_study(request: HttpRequest, ref: str) -> HttpResponse:
    """Change the plan of a study."""
    study = clerk_study_for(request.user, ref)
    if is_too_late(request, study.case, "planning", "collecting"):
        return redirect(study)
    place = study.case.territory
    form = StudyForm(request.POST or None, place=place, initial=StudyForm.shown(study))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]

        def act() -> None:
            change_study(study, form.plan(), by=signed_in(request), version=version)

        def fresh() -> int:
            return NeedsStudy.objects.values_list("version", flat=True).get(pk=study.pk)

        if saved(request, form, act, fresh=fresh):
            return redirect(study)
    context = {"form": form, "study": study, "cancel_url": study.get_absolute_url()}
    return render(request, "needs/study_form.html", context, status=status_of(form))


@require_safe
def study(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a study: where it stands, who was heard, the ranking, gatherings, papers."""
    found = study_for(request.user, ref)
    shown = panel(found.case, request.user)
    sessions = list(sessions_of(found))
    ranked = ranked_needs(found)
    is_clerk = MUNICIPALITY in shown.roles
    context = {
        "study": found,
        "case": found.case,
        "panel": shown,
        "is_clerk": is_clerk,
        "is_collecting": is_clerk and found.case.stage == "collecting",
        "is_planned": is_clerk and found.case.stage in {"planning", "collecting"},
        "is_ranked": is_clerk and found.case.stage == "ranked",
        "cover": cover_of(found, sessions),
        "people": public_people_at(*sessions),
        "ages": words_of(AGE_BANDS),
        "session_count": len(sessions),
        "answers": _answer_counts(found),
        "ranked": ranked,
        "chart": _chart(ranked),
        "tops": group_tops(found),
        "gatherings": gatherings().filter(study=found),
        "procedure": procedure_of(found.case),
    }
    return render(request, "needs/study.html", context)


def _answer_counts(study: NeedsStudy) -> dict[str, int]:
    grouped = list(answers_of(study).order_by().values_list("need_id", flat=True))
    return {"all": len(grouped), "left": sum(need is None for need in grouped)}


def _chart(ranked: list[Any]) -> Any:
    if not any(row.thousandths for row in ranked):
        return ""
    rows = [
        (f"{row.place}. {named(row.need, 'title')}", row.thousandths / 10)
        for row in ranked[:CHARTED]
    ]
    return bar_chart(_("Score of the needs, in per cent"), rows, unit="%")
