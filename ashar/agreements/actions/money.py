"""Writes of an agreement's money: payments, and what really came from each source."""

from __future__ import annotations

from collections.abc import Mapping

from ashar.agreements.actions.saving import NotNow, claim, note
from ashar.agreements.choices import RUNNING_STAGES
from ashar.agreements.core import total
from ashar.agreements.models import Agreement, AgreementFunding, Tranche
from ashar.agreements.queries.agreements import preparation_of
from ashar.cases.actions import MovedMeanwhile, hold_stage
from ashar.cases.models import Case, Decision
from ashar.journal.actions import deed
from ashar.kernel.money import Som
from ashar.parties.models import Account
from ashar.procedures.reasons import Reason, Refusal, Refused
from ashar.programmes.choices import BUDGET_SOURCES


@deed
def record_preparation(case: Case, decision: Decision) -> None:
    """Write who prepared the payment; what it says stays in the decision, which nobody alters."""
    Tranche.objects.filter(case=case, paid__isnull=True).update(
        prepared_by=_person_of(decision), approved_by=None
    )


@deed
def withdraw_preparation(case: Case) -> None:
    """Take the prepared payment back: somebody prepares it anew."""
    Tranche.objects.filter(case=case, paid__isnull=True).update(prepared_by=None, approved_by=None)


@deed
def record_payment(case: Case, decision: Decision) -> None:
    """Write the payment that one person prepared and this other person approved, once.

    The agreement is held at "running" first, so that no suspension comes between. Raises
    Refused when it does not run or the same person did both, MovedMeanwhile when the tranche
    was paid already: nothing is paid twice.
    """
    tranche = Tranche.objects.select_related("agreement__case").get(case=case)
    if not hold_stage(tranche.agreement.case, "running"):
        raise Refused((Refusal(Reason("agreement_running")),))
    person, prepared = _person_of(decision), preparation_of(tranche)
    if person is None or prepared is None or tranche.prepared_by_id in (None, person):
        raise Refused((Refusal(Reason("another_person")),))
    paid = Tranche.objects.filter(
        case=case, paid__isnull=True, prepared_by=tranche.prepared_by_id
    ).update(
        payment_order=prepared.order,
        paid_on=prepared.day,
        paid=prepared.amount,
        approved_by=person,
    )
    if not paid:
        raise MovedMeanwhile
    _sum_up_payments(tranche.agreement)


def _person_of(decision: Decision) -> int | None:
    return decision.made_by.person_id if decision.made_by else None


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
