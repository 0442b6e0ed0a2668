"""What must be true before an agreement, a tranche, a report, a visit or an evaluation moves on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ashar.kernel.money import Som
from ashar.procedures.facts import (
    amount,
    amount_or_none,
    answer,
    count,
    day,
    names,
    said_day,
    truth,
    word,
    wording,
)
from ashar.procedures.reasons import Reason
from ashar.procedures.registry import Facts, Guard

if TYPE_CHECKING:
    from collections.abc import Mapping


def tranches_add_up(facts: Facts, _argument: object) -> Reason | None:
    """The tranches together are the customer's share, to the tyiyn."""
    tranches, agreed = amount(facts, "tranches_total"), amount(facts, "agreement_budget_sum")
    if tranches == Som(0):
        return Reason("tranches_missing", {})
    if tranches != agreed:
        return Reason("tranches_add_up", {"tranches": tranches, "agreed": agreed})
    return None


def results_listed(facts: Facts, _argument: object) -> Reason | None:
    """The agreement says what will be measured."""
    return None if count(facts, "results_count") else Reason("results_listed", {})


def funding_adds_up(facts: Facts, _argument: object) -> Reason | None:
    """The sources together are the whole sum of the agreement."""
    sources, agreed = amount(facts, "funding_total"), amount(facts, "agreement_total")
    if sources == agreed:
        return None
    return Reason("funding_adds_up", {"sources": sources, "agreed": agreed})


def every_report_accepted(facts: Facts, _argument: object) -> Reason | None:
    """There are reports and the customer accepted each."""
    if not count(facts, "reports_count"):
        return Reason("no_report", {})
    left = count(facts, "unaccepted_reports")
    return Reason("every_report_accepted", {"count": left}) if left else None


def every_tranche_paid(facts: Facts, _argument: object) -> Reason | None:
    """Nothing agreed is still owed."""
    left = count(facts, "unpaid_tranches")
    return Reason("every_tranche_paid", {"count": left}) if left else None


def evaluation_concluded(facts: Facts, _argument: object) -> Reason | None:
    """It was decided whether the service goes on, changes or stops."""
    return None if count(facts, "evaluations_concluded") else Reason("evaluation_concluded", {})


def agreement_running(facts: Facts, _argument: object) -> Reason | None:
    """The agreement is neither suspended nor ended."""
    return None if word(facts, "agreement_stage") == "running" else Reason("agreement_running", {})


def tranche_condition_met(facts: Facts, _argument: object) -> Reason | None:
    """What the agreement ties this tranche to has happened."""
    if truth(facts, "tranche_condition_is_met"):
        return None
    return Reason("tranche_condition_met", {"condition": wording(facts, "tranche_condition")})


def paid_as_agreed(facts: Facts, _argument: object) -> Reason | None:
    """The payment order is for exactly the sum of the tranche."""
    paid, agreed = answer(facts, "paid_som", Som), amount(facts, "tranche_sum")
    if paid is None or paid == agreed:
        return None
    return Reason("paid_as_agreed", {"paid": paid, "agreed": agreed})


def paid_after_signing(facts: Facts, _argument: object) -> Reason | None:
    """Nothing is paid before the day on which the agreement was signed."""
    paid_on, signed_on = answer(facts, "paid_on", date), day(facts, "agreement_signed_on")
    if paid_on is None or signed_on is None or paid_on >= signed_on:
        return None
    return Reason("paid_after_signing", {"day": said_day(signed_on)})


def another_person(facts: Facts, _argument: object) -> Reason | None:
    """Whoever prepared the payment does not approve it."""
    person, prepared_by = count(facts, "person"), count(facts, "payment_prepared_by")
    return (
        None if person and prepared_by and person != prepared_by else Reason("another_person", {})
    )


def within_award(facts: Facts, _argument: object) -> Reason | None:
    """The customer pays no more than the winner asked for; where nothing was asked, none is set."""
    awarded, agreed = amount_or_none(facts, "awarded_sum"), amount(facts, "award_agreed")
    if awarded is None or agreed.tyiyn <= awarded.tyiyn:
        return None
    return Reason("within_award", {"agreed": agreed, "awarded": awarded})


def funded_once(facts: Facts, _argument: object) -> Reason | None:
    """No other programme pays for the same need in the same year."""
    elsewhere = names(facts, "need_funded_elsewhere")
    return Reason("funded_once", {"programmes": elsewhere}) if elsewhere else None


def results_entered(facts: Facts, _argument: object) -> Reason | None:
    """Every planned result has its actual figure, nought included."""
    left = names(facts, "results_without_actual")
    return Reason("results_entered", {"results": left}) if left else None


def costs_entered(facts: Facts, _argument: object) -> Reason | None:
    """The report says what was spent."""
    return None if count(facts, "costs_count") else Reason("costs_entered", {})


def receipts_attached(facts: Facts, _argument: object) -> Reason | None:
    """Every cost has the paper that proves it."""
    left = names(facts, "costs_without_receipt")
    return Reason("receipts_attached", {"costs": left}) if left else None


def visit_day_came(facts: Facts, _argument: object) -> Reason | None:
    """Nobody records a visit before its day."""
    visit_on, today = day(facts, "visit_on"), day(facts, "today")
    if visit_on is None:
        return Reason("visit_day_missing", {})
    if today is not None and visit_on > today:
        return Reason("visit_day_came", {"day": said_day(visit_on)})
    return None


def every_clause_answered(facts: Facts, _argument: object) -> Reason | None:
    """Each clause of the standard was looked at."""
    left = count(facts, "unanswered_clauses")
    return Reason("every_clause_answered", {"count": left}) if left else None


def satisfaction_recorded(facts: Facts, _argument: object) -> Reason | None:
    """People were asked before and after."""
    left = names(facts, "satisfaction_missing")
    return Reason("satisfaction_recorded", {"rounds": left}) if left else None


def results_compared(facts: Facts, _argument: object) -> Reason | None:
    """Beside each planned result stands the actual one."""
    left = names(facts, "results_without_comparison")
    return Reason("results_compared", {"results": left}) if left else None


GUARDS: Mapping[str, Guard] = {
    "tranches_add_up": Guard(tranches_add_up, needs=("tranches_total", "agreement_budget_sum")),
    "results_listed": Guard(results_listed, needs=("results_count",)),
    "funding_adds_up": Guard(funding_adds_up, needs=("funding_total", "agreement_total")),
    "every_report_accepted": Guard(
        every_report_accepted, needs=("reports_count", "unaccepted_reports")
    ),
    "every_tranche_paid": Guard(every_tranche_paid, needs=("unpaid_tranches",)),
    "evaluation_concluded": Guard(evaluation_concluded, needs=("evaluations_concluded",)),
    "agreement_running": Guard(agreement_running, needs=("agreement_stage",)),
    "tranche_condition_met": Guard(
        tranche_condition_met, needs=("tranche_condition_is_met", "tranche_condition")
    ),
    "paid_as_agreed": Guard(paid_as_agreed, needs=("answers", "tranche_sum")),
    "paid_after_signing": Guard(paid_after_signing, needs=("answers", "agreement_signed_on")),
    "another_person": Guard(another_person, needs=("person", "payment_prepared_by")),
    "within_award": Guard(within_award, needs=("awarded_sum", "award_agreed")),
    "funded_once": Guard(funded_once, needs=("need_funded_elsewhere",)),
    "results_entered": Guard(results_entered, needs=("results_without_actual",)),
    "costs_entered": Guard(costs_entered, needs=("costs_count",)),
    "receipts_attached": Guard(receipts_attached, needs=("costs_without_receipt",)),
    "visit_day_came": Guard(visit_day_came, needs=("visit_on", "today")),
    "every_clause_answered": Guard(every_clause_answered, needs=("unanswered_clauses",)),
    "satisfaction_recorded": Guard(satisfaction_recorded, needs=("satisfaction_missing",)),
    "results_compared": Guard(results_compared, needs=("results_without_comparison",)),
}
