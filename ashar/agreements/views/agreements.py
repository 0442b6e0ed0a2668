"""The list of agreements and the page of one."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ashar.agreements import access
from ashar.agreements.core import NOTHING, left_to_share, total
from ashar.agreements.models import Agreement
from ashar.agreements.queries.agreements import (
    SourceLine,
    budget_sum,
    funding_of,
    refund_of,
    reports_of,
    tranches_of,
    visits_of,
)
from ashar.agreements.queries.standards import standard_shown
from ashar.agreements.tables import AgreementFilter, AgreementTable
from ashar.agreements.views.charts import results_chart
from ashar.cases.queries import panel
from ashar.indicators.queries import results_of
from ashar.interface.charts import stacked_bar
from ashar.interface.lists import listing


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List the agreements that the reader may open."""
    return listing(
        request,
        queryset=access.visible_to(request.user),
        filterset=AgreementFilter,
        table=AgreementTable,
        page_title=_("Agreements"),
        empty=_("No agreement has been signed yet. It is made when a contest is won."),
    )


@require_safe
def agreement(request: HttpRequest, ref: str) -> HttpResponse:
    """Show an agreement: parties, results, money, tranches, reports, visits, evaluation."""
    found = access.agreement_for(request.user, ref)
    shown = panel(found.case, request.user)
    results = results_of(found.case, is_public_only=True)
    funding = funding_of(found)
    tranches = tranches_of(found)
    context = {
        "agreement": found,
        "case": found.case,
        "panel": shown,
        "standard": standard_shown(found.standard),
        "results": results,
        "results_chart": results_chart(results),
        "funding": funding,
        "planned_total": total(line.planned for line in funding),
        "actual_total": total(line.actual for line in funding),
        "funding_chart": _funding_chart(funding),
        "tranches": tranches,
        "reports": reports_of(found),
        "visits": [v for v in visits_of(found) if v.case.is_public or shown.is_party],
        "evaluations": _evaluations(request, found),
        "refund": refund_of(found.case) if found.case.stage == "terminated" else None,
        "may_write": access.may_write(request.user, found),
        "may_record_money": access.may_record_money(request.user, found),
        "may_visit": access.may_visit(request.user, found),
        "may_evaluate": access.may_evaluate(request.user, found),
        **_draft_sums(found, tranches, funding),
    }
    return render(request, "agreements/agreement.html", context)


def _draft_sums(found: Agreement, tranches: list[Any], funding: list[SourceLine]) -> dict[str, Any]:
    """Return what is still to be shared out while the agreement is a draft."""
    if found.case.stage != "drafting":
        return {}
    return {
        "tranches_left": left_to_share(budget_sum(found), [one.amount for one in tranches]),
        "sources_left": left_to_share(
            found.total or NOTHING, [one.planned or NOTHING for one in funding]
        ),
    }


def _evaluations(request: HttpRequest, found: Agreement) -> list[Any]:
    """Return the evaluations; a draft is shown to the customer alone."""
    is_customer = access.stands_as(request.user, found.case, access.CUSTOMER)
    every = found.evaluations.select_related("case").order_by("pk")
    return [one for one in every if one.case.is_public or is_customer]


def _funding_chart(funding: list[SourceLine]) -> Any:
    """Draw planned and actual money side by side by source; None without money."""
    if not funding:
        return None
    names = [line.label for line in funding]
    rows = [
        (_("Planned"), [line.planned or NOTHING for line in funding]),
        (_("Actual"), [line.actual or NOTHING for line in funding]),
    ]
    known = [(label, amounts) for label, amounts in rows if any(amounts)]
    return stacked_bar(_("Money by source, som"), names, known) if known else None
