"""Reads of agreements: lists, results, money by source, tranches, reports, visits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ashar.agreements.choices import TrancheCondition
from ashar.agreements.core import NOTHING, by_source, overspent, shares, total
from ashar.agreements.models import (
    Agreement,
    AgreementFunding,
    CostLine,
    MonitoringVisit,
    Report,
    Tranche,
)
from ashar.calls.models import Proposal
from ashar.cases.models import Case, Decision
from ashar.kernel.money import Som
from ashar.parties.models import Person
from ashar.programmes.choices import BUDGET_SOURCES, FundingSource

# "pay" was the step of one person, before payments needed two.
PREPARING = ("prepare_payment", "pay")


@dataclass(frozen=True)
class SourceLine:
    """Money of one source in an agreement: planned, with its share, and what really came."""

    source: str
    label: str
    planned: Som | None
    actual: Som | None
    share: Decimal


@dataclass(frozen=True)
class Overspent:
    """By how much the costs of a source exceed its plan."""

    label: str
    planned: Som
    spent: Som


def agreements() -> QuerySet[Agreement]:
    """Return agreements with what a list shows of them, the newest first."""
    return Agreement.objects.select_related(
        "case", "case__territory", "customer", "contractor"
    ).order_by("-pk")


def agreement_of(case: Case) -> Agreement:
    """Return the agreement of a case of an agreement, or of one of its tranches."""
    rows = Agreement.objects.select_related("proposal__counted", "need", "case")
    return rows.filter(case=case).first() or rows.get(tranches__case=case)


def settled_proposals(case: Case) -> QuerySet[Proposal]:
    """Return the proposals of the call that won."""
    return (
        Proposal.objects.filter(call__case=case, case__stage="awarded")
        .select_related(
            "case", "applicant", "counted", "call__case__territory", "call__measure__need"
        )
        .order_by("pk")
    )


def offered_number(case: Case) -> str:
    """Return the number under which the agreement was last offered for signing."""
    offered = Decision.objects.filter(case=case, move="offer").order_by("-pk").first()
    return str(offered.answers.get("agreement_number", "")) if offered else ""


def refund_of(case: Case) -> Som | None:
    """Return what is to be refunded under the decision to terminate; None without one."""
    decision = Decision.objects.filter(case=case, move="terminate").order_by("-pk").first()
    return Som.parse(str(decision.answers["refund_som"])) if decision else None


def funding_of(agreement: Agreement) -> list[SourceLine]:
    """Return the money of the agreement by source, in the order of the sources."""
    lines = {line.source: line for line in agreement.funding.all()}
    present = [lines[source.value] for source in FundingSource if source.value in lines]
    parts = shares([line.planned or line.actual or NOTHING for line in present])
    return [
        SourceLine(
            line.source, str(FundingSource(line.source).label), line.planned, line.actual, part
        )
        for line, part in zip(present, parts, strict=True)
    ]


def budget_sum(agreement: Agreement) -> Som:
    """Return the customer's share: planned money that passes through its budget."""
    lines = agreement.funding.filter(source__in=BUDGET_SOURCES)
    return total(lines.values_list("planned", flat=True))


def planned_sum(agreement: Agreement) -> Som:
    """Return the planned money of all sources."""
    return total(
        AgreementFunding.objects.filter(agreement=agreement).values_list("planned", flat=True)
    )


def tranches_of(agreement: Agreement) -> list[Tranche]:
    """Return the tranches with their cases and the reports they wait for."""
    return list(agreement.tranches.select_related("case", "report__case"))


@dataclass(frozen=True)
class PreparedPayment:
    """A payment as somebody prepared it: order, day, sum, and who did when."""

    order: str
    day: date
    amount: Som
    by: Person | None
    at: datetime


def preparation_of(tranche: Tranche) -> PreparedPayment | None:
    """Return the payment last prepared for the tranche, from the decision itself."""
    decision = (
        Decision.objects.filter(case_id=tranche.case_id, move__in=PREPARING)
        .select_related("made_by__person")
        .order_by("-version")
        .first()
    )
    if decision is None:
        return None
    answers = decision.answers
    return PreparedPayment(
        order=str(answers["payment_order"])[:100],
        day=date.fromisoformat(str(answers["paid_on"])),
        amount=Som.parse(str(answers["paid_som"])),
        by=decision.made_by.person if decision.made_by else None,
        at=decision.at,
    )


def condition_in_words(tranche: Tranche) -> str:
    """Return after what the tranche may be paid, in the reader's language."""
    if tranche.condition == TrancheCondition.REPORT and tranche.report is not None:
        return _("after report %(number)s is accepted") % {"number": tranche.report.number}
    return str(TrancheCondition(tranche.condition).label)


def reports_of(agreement: Agreement) -> list[Report]:
    """Return the reports with their cases, in the order of their numbers."""
    return list(agreement.reports.select_related("case"))


def visits_of(agreement: Agreement) -> list[MonitoringVisit]:
    """Return the visits with their findings, the last first."""
    visits = agreement.visits.select_related("case", "event").prefetch_related("findings__case")
    return list(visits.order_by("-event__held_on", "-pk"))


def overspending(agreement: Agreement) -> list[Overspent]:
    """Return the sources from which more was spent, over all reports, than was planned."""
    planned = {
        line.source: line.planned or NOTHING
        for line in AgreementFunding.objects.filter(agreement=agreement)
    }
    lines = CostLine.objects.filter(report__agreement=agreement)
    spent = by_source(lines.values_list("source", "amount"))
    return [
        Overspent(str(FundingSource(source).label), planned.get(source, NOTHING), spent[source])
        for source in overspent(planned, spent)
    ]
