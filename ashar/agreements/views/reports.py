"""Pages of reports and tranches."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ashar.agreements import access, actions
from ashar.agreements.core import total
from ashar.agreements.forms.drafts import VersionForm
from ashar.agreements.forms.reports import CostForm, PeopleRowForm, ReportForm, value_name
from ashar.agreements.forms.rows import rows_in
from ashar.agreements.models import Report
from ashar.agreements.queries.agreements import overspending, preparation_of
from ashar.agreements.queries.people import age_bands, people_rows, split_of, villages_of
from ashar.agreements.views.saving import form_page, saved, writer
from ashar.cases.queries import panel
from ashar.indicators.models import Indicator
from ashar.indicators.queries import results_of
from ashar.interface.forms import rows_of
from ashar.interface.words import named

READ_WRITE = ["GET", "HEAD", "POST"]


@require_safe
def tranche(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a tranche: what it waits for, whether it is paid, and the need it began with."""
    found = access.tranche_for(request.user, ref)
    context = {
        "tranche": found,
        "agreement": found.agreement,
        "case": found.case,
        "panel": panel(found.case, request.user),
        "prepared": preparation_of(found) if found.case.stage == "prepared" else None,
    }
    return render(request, "agreements/tranche.html", context)


@require_safe
def report(request: HttpRequest, ref: str) -> HttpResponse:
    """Show a report: results of the period, costs with receipts, its papers."""
    found = access.report_for(request.user, ref)
    costs = list(found.costs.select_related("receipt"))
    shown = panel(found.case, request.user)
    results = results_of(found.agreement.case, seen_in=found.case)
    context = {
        "report": found,
        "agreement": found.agreement,
        "case": found.case,
        "panel": shown,
        "may_write": access.may_report(request.user, found),
        "may_read": access.may_read_report(request.user, found),
        "results": [(result, split_of(result, place=found.case.territory)) for result in results],
        "costs": costs,
        "costs_total": total(line.amount for line in costs),
        "overspent": overspending(found.agreement) if shown.is_party else [],
    }
    return render(request, "agreements/report.html", context)


def _page(
    request: HttpRequest, found: Report, title: str, form: Any, **further: Any
) -> HttpResponse:
    context = {"agreement": found.agreement, "back_url": found.get_absolute_url()}
    return form_page(request, {**context, "page_title": title, "form": form, **further})


@login_required
@require_http_methods(READ_WRITE)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Write what was done and the figures that count no people."""
    found = access.report_draft_for(request.user, ref)
    results = results_of(found.agreement.case, seen_in=found.case)
    initial = {
        "version": found.draft_version,
        "done": found.done,
        "problems": found.problems,
        **{value_name(one.indicator.pk): one.actual for one in results},
    }
    form = ReportForm(
        request.POST or None, initial=initial, indicators=[one.indicator for one in results]
    )
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            actions.write_report(
                found,
                done=given["done"],
                problems=given["problems"],
                values=form.values(),
                by=writer(request),
                version=given["version"],
            )

        if saved(request, form, found, act):
            return redirect(found)
    return _page(request, found, _("What was done"), form)


@login_required
@require_http_methods(READ_WRITE)
def people(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Write whom the report counts: by village, age, sex and disability; no names."""
    found = access.report_draft_for(request.user, ref)
    indicator = get_object_or_404(Indicator, pk=pk, case=found.agreement.case, counts_people=True)
    form = VersionForm(request.POST or None, initial={"version": found.draft_version})
    formset = rows_of(PeopleRowForm, extra=2)(
        request.POST or None,
        initial=people_rows(indicator, found),
        form_kwargs={"villages": villages_of(found.agreement), "bands": age_bands()},
    )
    if request.method == "POST" and formset.is_valid() and form.is_valid():
        rows = [PeopleRowForm.row(given) for given in rows_in(formset)]
        version = form.cleaned_data["version"]

        def act() -> None:
            actions.write_people(found, indicator, rows, by=writer(request), version=version)

        if saved(request, form, found, act):
            return redirect(found)
    lead = _(
        "Only people new in this period, not counted in earlier reports. Numbers only, no names. "
        "If there was nobody, save without rows."
    )
    return _page(request, found, named(indicator, "title"), form, formset=formset, lead=lead)


@login_required
@require_http_methods(READ_WRITE)
def cost(request: HttpRequest, ref: str, pk: int | None = None) -> HttpResponse:
    """Add a cost with its receipt, or write one anew."""
    found = access.report_draft_for(request.user, ref)
    line = get_object_or_404(found.costs, pk=pk) if pk else None
    initial: dict[str, Any] = {"version": found.draft_version}
    if line is not None:
        initial |= {n: getattr(line, n) for n in ("title", "source", "amount", "spent_on")}
    planned = list(found.agreement.funding.values_list("source", flat=True))
    form = CostForm(request.POST or None, request.FILES or None, initial=initial, planned=planned)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def act() -> None:
            actions.write_cost(
                found,
                form.cost(),
                receipt=given["receipt"],
                line=line,
                by=writer(request),
                version=given["version"],
            )

        if saved(request, form, found, act):
            return redirect(found)
    title = _("Change the cost") if line else _("Add a cost")
    return _page(request, found, title, form, line=line)


@login_required
@require_http_methods(READ_WRITE)
def remove_cost(request: HttpRequest, ref: str, pk: int) -> HttpResponse:
    """Ask whether to take the cost out of the draft, then do so."""
    found = access.report_draft_for(request.user, ref)
    line = get_object_or_404(found.costs, pk=pk)
    if request.method == "POST":
        actions.remove_cost(line, by=writer(request))
        messages.success(request, _("The cost was taken out of the draft."))
        return redirect(found)
    return render(request, "agreements/remove_cost.html", {"report": found, "line": line})
