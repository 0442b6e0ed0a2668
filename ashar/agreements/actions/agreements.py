"""Writes by which an agreement begins: from the winning proposal, or from an archive's source."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from ashar.agreements.actions.funding import claim_need
from ashar.agreements.actions.saving import note
from ashar.agreements.core import by_source
from ashar.agreements.models import Agreement, AgreementFunding, Tranche
from ashar.agreements.queries.agreements import agreement_of, offered_number, settled_proposals
from ashar.calls.models import Proposal
from ashar.cases.actions import Opening, make_move, open_case, publish_case, record_past_case
from ashar.cases.models import Case, CaseParty, Decision
from ashar.cases.queries import party_of
from ashar.indicators.actions import Evidence, IndicatorText, observe, write_indicators
from ashar.indicators.core import Crossing
from ashar.journal.actions import deed
from ashar.kernel.money import Som
from ashar.needs.models import Need
from ashar.parties.models import Account, Organisation
from ashar.procedures.engine import Refused

ACTORS = ("customer", "contractor")


def create_agreements(case: Case, *, by: Account | None) -> list[Agreement]:
    """Open the draft of an agreement for every proposal of the call that won."""
    return [
        create_agreement(proposal, by=by)
        for proposal in settled_proposals(case)
        if not Agreement.objects.filter(proposal=proposal).exists()
    ]


@deed
def create_agreement(proposal: Proposal, *, by: Account | None) -> Agreement:
    """Open the draft of the agreement from what the winner handed in last.

    Its results become the results table, its budget the money by source; the need is that of
    the call's measure. The quality standard is left to be chosen.
    """
    call = proposal.call
    customer = party_of(call.case, "customer", "municipality")
    if customer is None:
        raise ValueError("a call has a customer")
    case = open_case(
        Opening(
            procedure=call.case.procedure,
            track="agreement",
            territory=call.case.territory,
            title_ky=proposal.title or call.case.title_ky,
            title_ru=proposal.title or call.case.title_ru,
            parent=proposal.case,
            parties={"customer": customer, "contractor": proposal.applicant},
        ),
        by=by,
    )
    # The commission and the other parties of the contest have no part in the agreement.
    CaseParty.objects.filter(case=case).exclude(actor__in=ACTORS).delete()
    days = [day for row in proposal.activities.all() for day in (row.starts_on, row.ends_on)]
    agreement = Agreement.objects.create(
        case=case,
        proposal=proposal,
        need=call.measure.need if call.measure else None,
        customer=customer,
        contractor=proposal.applicant,
        starts_on=min(days, default=call.starts_on),
        ends_on=max(days, default=call.ends_on),
        subject_ky=call.goal_ky or proposal.title,
        subject_ru=call.goal_ru,
        total=proposal.counted.total if proposal.counted else None,
    )
    _write_parts(agreement, proposal, by)
    return agreement


def _write_parts(agreement: Agreement, proposal: Proposal, by: Account | None) -> None:
    """Write the promised results and the money by source, as they were handed in."""
    write_indicators(
        agreement.case,
        [
            IndicatorText(title_ky=row.title, unit_ky=row.unit, target=row.target)
            for row in proposal.results.all()
        ],
        by=by,
    )
    planned = by_source(
        (line.source, line.rate.portion(Fraction(line.quantity))) for line in proposal.budget.all()
    )
    AgreementFunding.objects.bulk_create(
        AgreementFunding(agreement=agreement, source=source, planned=amount)
        for source, amount in planned.items()
    )
    note("agreement_drafted", agreement.case, by, sources=sorted(planned))


def record_signature(case: Case, decision: Decision) -> None:
    """Write the number and the day of signing; what may be paid on signature becomes payable.

    The tranches become public with their agreement, so that whoever pays taxes can walk from
    a payment back to the need.
    """
    number = decision.answers.get("agreement_number") or offered_number(case)
    Agreement.objects.filter(case=case).update(
        number=str(number)[:40], signed_on=date.fromisoformat(str(decision.answers["signed_on"]))
    )
    claim_need(agreement_of(case))
    tranches = list(Tranche.objects.filter(agreement__case=case).select_related("case"))
    for tranche in tranches:
        publish_case(tranche.case)
    release(tranches)


def release(tranches: Sequence[Tranche]) -> None:
    """Let the clock make payable every planned tranche whose condition is met."""
    for tranche in tranches:
        if tranche.case.stage != "planned":
            continue
        try:
            make_move(tranche.case, "release", by=None)
        except Refused:
            continue  # its condition is not met, or the agreement does not run


@dataclass(frozen=True)
class PastResult:
    """A figure of an archive: what was measured, how much, and what was promised if known."""

    title_ky: str
    title_ru: str = ""
    actual: Decimal | None = None
    target: Decimal | None = None
    unit_ky: str = ""
    unit_ru: str = ""
    counts_people: bool = False


@dataclass(frozen=True)
class PastAgreement:
    """What a source tells of an agreement carried out before this system; None is not known."""

    customer: Organisation
    contractor: Organisation | None = None
    need: Need | None = None
    subject_ky: str = ""
    subject_ru: str = ""
    results: Sequence[PastResult] = ()
    funding: Mapping[str, Som] | None = None


@deed
def record_past_agreement(
    opening: Opening, past: PastAgreement, *, source: str, period: str, stage: str = "completed"
) -> Agreement:
    """Enter an agreement carried out before this system, as its source gives it.

    `funding` maps a source of money to what really came. No figure and no date is made up.
    """
    case = record_past_case(opening, stage=stage, source=source, period=period)
    agreement = Agreement.objects.create(
        case=case,
        need=past.need,
        customer=past.customer,
        contractor=past.contractor,
        subject_ky=past.subject_ky,
        subject_ru=past.subject_ru,
    )
    texts = [
        IndicatorText(
            title_ky=one.title_ky,
            title_ru=one.title_ru,
            unit_ky=one.unit_ky,
            unit_ru=one.unit_ru,
            target=one.target,
            counts_people=one.counts_people,
        )
        for one in past.results
    ]
    indicators = write_indicators(case, texts, by=None)
    for indicator, one in zip(indicators, past.results, strict=True):
        if one.actual is not None:
            proof = Evidence(source=source)
            observe(indicator, case, {Crossing(): one.actual}, by=None, evidence=proof)
    AgreementFunding.objects.bulk_create(
        AgreementFunding(agreement=agreement, source=name, actual=amount)
        for name, amount in (past.funding or {}).items()
    )
    return agreement
