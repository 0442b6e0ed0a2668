"""Pages of visits, findings and evaluations."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ashar.agreements import access, actions
from ashar.agreements.core import satisfaction
from ashar.agreements.forms.monitoring import (
    FindingForm,
    JudgementForm,
    PlanForm,
    SurveyRowForm,
    VisitForm,
)
from ashar.agreements.forms.rows import rows_in
from ashar.agreements.models import Evaluation
from ashar.agreements.queries.standards import clause_title, clauses_of, standard_shown
from ashar.agreements.views.charts import results_chart
from ashar.agreements.views.saving import form_page, saved, writer
from ashar.cases.queries import panel
from ashar.indicators.queries import results_of
from ashar.interface.charts import bar_chart
from ashar.interface.forms import rows_of
from ashar.interface.words import named

READ_WRITE = ["GET", "HEAD", "POST"]


@login_required
@require_http_methods(READ_WRITE)
def plan(request: HttpRequest, ref: str) -> HttpResponse:
    """Plan a monitoring visit."""
    found = access.visited_for(request.user, ref)
    initial = {"held_on": timezone.localdate(), "standard": found.standard}
    form = PlanForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        return redirect(actions.plan_visit(found, form.plan(), by=writer(request)))
    context = {"agreement": found, "back_url": found.get_absolute_url(), "form": form}
    return form_page(request, {**context, "page_title": _("Plan a monitoring visit")})


@require_safe
def visit(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a visit: every clause of the standard, what was seen, the findings."""
    found = access.visit_for(request.user, ref)
    may_write = access.may_write_visit(request.user, found)
    context = {
        "visit": found,
        "agreement": found.agreement,
        "case": found.case,
        "panel": panel(found.case, request.user),
        "may_write": may_write,
        "may_read": may_write or found.case.stage != "planned",
        "standard": standard_shown(found.standard),
        "clauses": clauses_of(found),
        "findings": list(found.findings.select_related("case").order_by("pk")),
    }
    return render(request, "agreements/visit.html", context)


@login_required
@require_http_methods(READ_WRITE)
def edit_visit(request: HttpRequest, ref: str) -> HttpResponse:
    """Write what was seen, by the form made of the clauses of the standard."""
    found = access.visit_draft_for(request.user, ref)
    initial = {
        "version": found.draft_version,
        "held_on": found.event.held_on,
        "summary": found.summary,
    }
    form = VisitForm(request.POST or None, initial=initial, clauses=clauses_of(found))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            actions.write_visit(
                found,
                held_on=given["held_on"],
                summary=given["summary"],
                answers=form.answers(),
                by=writer(request),
                version=given["version"],
            )

        if saved(request, form, found, act):
            return redirect(found)
    standard = standard_shown(found.standard)
    context = {"agreement": found.agreement, "back_url": found.get_absolute_url(), "form": form}
    lead = standard.whose if standard else ""
    title = _("Form of the visit")
    return form_page(request, {**context, "page_title": title, "lead": lead})


@login_required
@require_http_methods(READ_WRITE)
def add_finding(request: HttpRequest, ref: str) -> HttpResponse:
    """Write a shortcoming with the day by which it is to be mended."""
    found = access.visit_draft_for(request.user, ref)
    form = FindingForm(request.POST or None, clauses=clauses_of(found))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        done = saved(
            request, form, found, lambda: actions.add_finding(found, **given, by=writer(request))
        )
        if done:
            return redirect(found)
    context = {"agreement": found.agreement, "back_url": found.get_absolute_url(), "form": form}
    return form_page(request, {**context, "page_title": _("Add a finding")})


@require_safe
def finding(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a finding: what is to be mended by when, and whether it was."""
    found = access.finding_for(request.user, ref)
    context = {
        "finding": found,
        "visit": found.visit,
        "agreement": found.visit.agreement,
        "case": found.case,
        "panel": panel(found.case, request.user),
        "clause": clause_title(found.visit.standard, found.clause),
    }
    return render(request, "agreements/finding.html", context)


@login_required
@require_POST
def evaluate(request: HttpRequest, ref: str) -> HttpResponse:
    """Begin the evaluation, or lead to the one already begun."""
    found = access.evaluated_for(request.user, ref)
    return redirect(actions.open_evaluation(found, by=writer(request)))


@require_safe
def evaluation(request: HttpRequest, ref: str) -> HttpResponse:
    """Show an evaluation: results against targets, what people said, the decision."""
    found = access.evaluation_for(request.user, ref)
    survey = [(one, satisfaction(one.asked, one.satisfied)) for one in _survey(found)]
    results = results_of(found.agreement.case, is_public_only=True)
    context = {
        "evaluation": found,
        "agreement": found.agreement,
        "case": found.case,
        "panel": panel(found.case, request.user),
        "may_write": access.may_judge(request.user, found),
        "results": results,
        "results_chart": results_chart(results),
        "survey": survey,
        "chart": _survey_chart(survey),
    }
    return render(request, "agreements/evaluation.html", context)


def _survey(found: Evaluation) -> list[Any]:
    return list(found.survey_results.order_by("question_ky", "-round", "pk"))


def _survey_chart(survey: list[tuple[Any, int | None]]) -> Any:
    """Draw the share of the satisfied before and after; None when nobody was asked."""
    rows = [
        (f"{named(one, 'question')} ({one.get_round_display()})", share)
        for one, share in survey
        if share is not None
    ]
    return bar_chart(_("Satisfied, per cent of those asked"), rows, unit="%") if rows else None


@login_required
@require_http_methods(READ_WRITE)
def edit_evaluation(request: HttpRequest, ref: str) -> HttpResponse:
    """Write the judgement and the survey before and after."""
    found = access.evaluation_draft_for(request.user, ref)
    names = ("strengths", "weaknesses", "advice")
    initial = {name: getattr(found, name) for name in names}
    form = JudgementForm(request.POST or None, initial={**initial, "version": found.draft_version})
    formset = rows_of(SurveyRowForm, extra=2)(
        request.POST or None, initial=[_shown(one) for one in _survey(found)]
    )
    if request.method == "POST" and formset.is_valid() and form.is_valid():
        rows = [_row(given) for given in rows_in(formset)]
        version = form.cleaned_data["version"]

        def act() -> None:
            actions.write_evaluation(
                found, form.judgement(), survey=rows, by=writer(request), version=version
            )

        if saved(request, form, found, act):
            return redirect(found)
    context = {"agreement": found.agreement, "back_url": found.get_absolute_url(), "form": form}
    further = {
        "page_title": _("Write the evaluation"),
        "formset": formset,
        "rows_title": _("Survey of satisfaction and trust"),
        "lead": _("Ask the same questions before and after. Numbers only, no names."),
    }
    return form_page(request, {**context, **further})


def _shown(one: Any) -> dict[str, Any]:
    names = ("round", "question_ky", "question_ru", "satisfied")
    return {**{name: getattr(one, name) for name in names}, "asked_people": one.asked}


def _row(given: dict[str, Any]) -> actions.SurveyRow:
    return actions.SurveyRow(
        round=given["round"],
        question_ky=given["question_ky"],
        question_ru=given["question_ru"],
        asked=given["asked_people"],
        satisfied=given["satisfied"],
    )
