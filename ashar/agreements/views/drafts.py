"""Pages of an agreement's draft: text, results, money by source, reports, tranches."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ashar.agreements import access, actions
from ashar.agreements.choices import TrancheCondition
from ashar.agreements.core import left_to_share
from ashar.agreements.forms.drafts import (
    AgreementForm,
    FundingForm,
    ReportRowForm,
    ResultRowForm,
    TrancheRowForm,
    VersionForm,
)
from ashar.agreements.forms.rows import rows_in
from ashar.agreements.models import Agreement, Tranche
from ashar.agreements.queries.agreements import budget_sum
from ashar.agreements.views.saving import form_page, saved, writer
from ashar.indicators.actions import IndicatorText
from ashar.indicators.models import Indicator
from ashar.interface.forms import AsharFormSet, rows_of

READ_WRITE = ["GET", "HEAD", "POST"]
RESULT_FIELDS = (
    "title_ky", "title_ru", "unit_ky", "unit_ru", "baseline", "target", "counts_people",
)  # fmt: skip


def _page(
    request: HttpRequest, found: Agreement, title: str, form: Any, **further: Any
) -> HttpResponse:
    context = {"agreement": found, "back_url": found.get_absolute_url(), "page_title": title}
    return form_page(request, {**context, "form": form, **further})


@login_required
@require_http_methods(READ_WRITE)
def edit(request: HttpRequest, ref: str) -> HttpResponse:
    """Write the draft's title, subject, term, sum and quality standard."""
    found = access.draft_for(request.user, ref)
    form = AgreementForm(request.POST or None, initial=AgreementForm.initial_of(found))
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]

        def act() -> None:
            actions.edit_agreement(found, form.text(), by=writer(request), version=version)

        if saved(request, form, found, act):
            return redirect(found)
    return _page(request, found, _("Text of the agreement"), form)


def _versioned(request: HttpRequest, found: Agreement) -> VersionForm:
    return VersionForm(request.POST or None, initial={"version": found.draft_version})


def _rows_page(
    request: HttpRequest, found: Agreement, formset: AsharFormSet, act: Any, **further: Any
) -> HttpResponse:
    """Show rows of the draft; save them with the act (rows, version) when all are sound."""
    form = _versioned(request, found)
    is_sound = request.method == "POST" and formset.is_valid() and form.is_valid()
    if is_sound and "check" not in request.POST:
        version = form.cleaned_data["version"]
        if saved(request, form, found, lambda: act(rows_in(formset), version)):
            return redirect(found)
    if "sums" in further:
        typed = rows_in(formset) if is_sound else None
        further["sums"] = further["sums"](typed)
    return _page(request, found, further.pop("title"), form, formset=formset, **further)


@login_required
@require_http_methods(READ_WRITE)
def results(request: HttpRequest, ref: str) -> HttpResponse:
    """Write the results table of the draft."""
    found = access.draft_for(request.user, ref)
    known = Indicator.objects.filter(case=found.case).values(*RESULT_FIELDS)
    formset = rows_of(ResultRowForm, extra=1)(request.POST or None, initial=list(known))

    def act(rows: list[dict[str, Any]], version: int) -> None:
        texts = [IndicatorText(**row) for row in rows]
        actions.write_results(found, texts, by=writer(request), version=version)

    lead = _("To take a row out, empty it.")
    return _rows_page(request, found, formset, act, title=_("Results table"), lead=lead)


@login_required
@require_http_methods(READ_WRITE)
def funding(request: HttpRequest, ref: str) -> HttpResponse:
    """Write the planned money of the draft by source."""
    found = access.draft_for(request.user, ref)
    initial = {line.source: line.planned for line in found.funding.all()}
    form = FundingForm(request.POST or None, initial={**initial, "version": found.draft_version})
    if request.method == "POST" and form.is_valid():
        planned = {source: amount for source, amount in form.money().items() if amount}
        version = form.cleaned_data["version"]

        def act() -> None:
            actions.write_funding(found, planned, by=writer(request), version=version)

        if saved(request, form, found, act):
            return redirect(found)
    lead = _("Leave empty what is not planned. Together the sources are the whole sum.")
    return _page(request, found, _("Money by source"), form, lead=lead)


@login_required
@require_http_methods(READ_WRITE)
def reports(request: HttpRequest, ref: str) -> HttpResponse:
    """Write for which periods the contractor reports, and by when."""
    found = access.draft_for(request.user, ref)
    known = found.reports.values("period_from", "period_to", "due_on")
    formset = rows_of(ReportRowForm, extra=1)(request.POST or None, initial=list(known))

    def act(rows: list[dict[str, Any]], version: int) -> None:
        plans = [actions.ReportPlan(**row) for row in rows]
        actions.write_reports(found, plans, by=writer(request), version=version)

    lead = _("Days are written as 21.11.2026. To take a row out, empty it.")
    return _rows_page(request, found, formset, act, title=_("Reports"), lead=lead)


@login_required
@require_http_methods(READ_WRITE)
def tranches(request: HttpRequest, ref: str) -> HttpResponse:
    """Write the tranches of the customer's money; the sums are checked before saving if asked."""
    found = access.draft_for(request.user, ref)
    numbers = tuple(found.reports.values_list("number", flat=True))
    known = list(found.tranches.select_related("report"))
    formset = rows_of(TrancheRowForm, extra=1)(
        request.POST or None,
        initial=[_shown(one) for one in known],
        form_kwargs={"reports": numbers},
    )
    share = budget_sum(found)

    def act(rows: list[dict[str, Any]], version: int) -> None:
        plans = [_plan(row) for row in rows]
        actions.write_tranches(found, plans, by=writer(request), version=version)

    def sums(rows: list[dict[str, Any]] | None) -> dict[str, Any]:
        amounts = [one.amount for one in known] if rows is None else [r["amount"] for r in rows]
        return {"agreed": share, "left": left_to_share(share, amounts)}

    lead = _("The tranches together are the customer's share. To take a row out, empty it.")
    return _rows_page(
        request, found, formset, act, title=_("Tranches"), lead=lead, sums=sums, checks=True
    )


def _shown(tranche: Tranche) -> dict[str, Any]:
    waits_for = str(tranche.report.number) if tranche.report else tranche.condition
    return {"amount": tranche.amount, "waits_for": waits_for, "due_on": tranche.due_on}


def _plan(row: dict[str, Any]) -> actions.TranchePlan:
    chosen = row["waits_for"]
    if chosen == TrancheCondition.SIGNATURE:
        return actions.TranchePlan(row["amount"], chosen, due_on=row["due_on"])
    return actions.TranchePlan(
        row["amount"], TrancheCondition.REPORT.value, int(chosen), row["due_on"]
    )


@login_required
@require_http_methods(READ_WRITE)
def money(request: HttpRequest, ref: str) -> HttpResponse:
    """Record what really came from each source; customer and contractor may."""
    found = access.money_for(request.user, ref)
    initial = {line.source: line.actual for line in found.funding.all()}
    form = FundingForm(request.POST or None, initial={**initial, "version": found.draft_version})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"]

        def act() -> None:
            actions.record_actual(found, form.money(), by=writer(request), version=version)

        if saved(request, form, found, act):
            return redirect(found)
    lead = _("How much has really come so far, from the beginning. The journal keeps each change.")
    return _page(request, found, _("What really came"), form, lead=lead)
