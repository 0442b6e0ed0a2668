"""Writes of an agreement's money: payments, and what really came from each source."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ashar.agreements.actions.saving import NotNow, claim, note
from ashar.agreements.choices import RUNNING_STAGES
from ashar.agreements.core import total
from ashar.agreements.models import Agreement, AgreementFunding, Tranche
from ashar.cases.actions import MovedMeanwhile
from ashar.cases.models import Case, Decision
from ashar.journal.actions import deed
from ashar.kernel.money import Som
from ashar.parties.models import Account
from ashar.programmes.choices import BUDGET_SOURCES


@deed
def record_payment(case: Case, decision: Decision) -> None:
    """Write the payment order on the tranche, once.

    Raises MovedMeanwhile when the tranche was paid already: nothing is paid twice.
    """
    answers = decision.answers
    paid = Tranche.objects.filter(case=case, paid__isnull=True).update(
        payment_order=str(answers["payment_order"])[:100],
        paid_on=date.fromisoformat(str(answers["paid_on"])),
        paid=Som.parse(str(answers["paid_som"])),
    )
    if not paid:
        raise MovedMeanwhile
    _sum_up_payments(Tranche.objects.select_related("agreement").get(case=case).agreement)


def _sum_up_payments(agreement: Agreement) -> None:
    """Let the actual money of the customer follow the payments, where one source pays all.

    With several sources in the budget only the customer knows which of them paid.
    """
    lines = list(agreement.funding.filter(source__in=BUDGET_SOURCES))
    if len(lines) == 1:
        came = total(agreement.tranches.values_list("paid", flat=True))
        AgreementFunding.objects.filter(pk=lines[0].pk).update(actual=came)


@deed
def record_actual(
    agreement: Agreement,
    actual: Mapping[str, Som | None],
    *,
    by: Account | None,
    version: int | None = None,
) -> None:
    """Write what really came from each source so far; the journal keeps every change.

    A source that was not planned may appear. Raises ChangedMeanwhile, NotNow.
    """
    if agreement.case.is_archived:
        raise NotNow
    claim(agreement, version, *RUNNING_STAGES, "completed", "terminated")
    known = {line.source: line for line in agreement.funding.all()}
    changed = {}
    for source, amount in actual.items():
        line = known.get(source)
        if line is None and amount is None:
            continue
        if line is None:
            AgreementFunding.objects.create(agreement=agreement, source=source, actual=amount)
        elif line.actual != amount:
            AgreementFunding.objects.filter(pk=line.pk).update(actual=amount)
        else:
            continue
        before = line.actual if line else None
        changed[source] = [str(before or ""), str(amount or "")]
    note("funding_recorded", agreement.case, by, changed=changed)
