"""What the guards of agreements need to know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy

from ashar.agreements.choices import SurveyRound, TrancheCondition
from ashar.agreements.core import NOTHING, total
from ashar.agreements.models import (
    Agreement,
    CostLine,
    Evaluation,
    Finding,
    MonitoringVisit,
    Report,
    SurveyResult,
    Tranche,
)
from ashar.agreements.queries.agreements import agreement_of, budget_sum, planned_sum
from ashar.agreements.queries.funding import funded_elsewhere
from ashar.agreements.queries.standards import clauses_of
from ashar.agreements.queries.words import in_both
from ashar.cases.models import Case
from ashar.indicators.queries import Result, results_of
from ashar.kernel.money import Som
from ashar.kernel.text import Wording

BY_REPORT = gettext_lazy("report %(number)s is accepted")
BY_SIGNATURE = gettext_lazy("the agreement is signed")
EVALUATED = ("continued", "changed", "stopped")


def tranches_total(case: Case) -> Som:
    """Return the sum of all tranches of the agreement."""
    return total(Tranche.objects.filter(agreement__case=case).values_list("amount", flat=True))


def agreement_budget_sum(case: Case) -> Som:
    """Return the customer's share of the agreement."""
    return budget_sum(Agreement.objects.get(case=case))


def results_count(case: Case) -> int:
    """Return how many results the agreement promises."""
    return case.indicators.count()


def funding_total(case: Case) -> Som:
    """Return the planned money of all sources."""
    return planned_sum(Agreement.objects.get(case=case))


def agreement_total(case: Case) -> Som:
    """Return the whole sum of the agreement."""
    return Agreement.objects.get(case=case).total or NOTHING


def reports_count(case: Case) -> int:
    """Return how many reports the agreement asks for."""
    return Report.objects.filter(agreement__case=case).count()


def unaccepted_reports(case: Case) -> int:
    """Return how many of the reports the customer has not accepted yet."""
    return Report.objects.filter(agreement__case=case).exclude(case__stage="accepted").count()


def unpaid_tranches(case: Case) -> int:
    """Return how many tranches are not paid yet."""
    return Tranche.objects.filter(agreement__case=case, paid__isnull=True).count()


def evaluations_concluded(case: Case) -> int:
    """Return how many evaluations of the agreement ended in a decision."""
    return Evaluation.objects.filter(agreement__case=case, case__stage__in=EVALUATED).count()


def agreement_stage(case: Case) -> str:
    """Return the stage of the agreement above a tranche or a report."""
    return Case.objects.get(children=case).stage


def tranche_condition_is_met(case: Case) -> bool:
    """Say whether what the tranche waits for has happened."""
    tranche = Tranche.objects.select_related("report__case", "agreement").get(case=case)
    if tranche.condition == TrancheCondition.SIGNATURE:
        return tranche.agreement.signed_on is not None
    return tranche.report is not None and tranche.report.case.stage == "accepted"


def tranche_condition(case: Case) -> Wording:
    """Return what the tranche waits for, in words."""
    tranche = Tranche.objects.select_related("report").get(case=case)
    if tranche.report is None:
        return in_both(BY_SIGNATURE)
    return in_both(BY_REPORT, number=tranche.report.number)


def agreement_signed_on(case: Case) -> date | None:
    """Return the day on which the agreement of the tranche was signed; None when unknown."""
    return case.tranche.agreement.signed_on


def tranche_sum(case: Case) -> Som:
    """Return how much the tranche is."""
    amount: Som = Tranche.objects.get(case=case).amount
    return amount


def payment_prepared_by(case: Case) -> int:
    """Return who prepared the payment of the tranche; nought while nobody did."""
    return Tranche.objects.values_list("prepared_by", flat=True).get(case=case) or 0


def awarded_sum(case: Case) -> Som | None:
    """Return what the winning proposal asked from the customer; None without a contest here."""
    proposal = agreement_of(case).proposal
    counted = proposal.counted if proposal else None
    return counted.requested if counted else None


def award_agreed(case: Case) -> Som:
    """Return what the customer pays in all: by the tranches, or by the sources when that is more."""
    agreement = agreement_of(case)
    tranches = total(agreement.tranches.values_list("amount", flat=True))
    return max(tranches, budget_sum(agreement), key=lambda amount: amount.tyiyn)


def need_funded_elsewhere(case: Case) -> tuple[Wording, ...]:
    """Return the other programmes that pay for the need of the agreement in its years."""
    return tuple(
        Wording(one.programme.case.title_ky, one.programme.case.title_ru)
        for one in funded_elsewhere(agreement_of(case))
    )


def _titles(results: list[Result]) -> tuple[Wording, ...]:
    return tuple(Wording(one.indicator.title_ky, one.indicator.title_ru) for one in results)


def results_without_actual(case: Case) -> tuple[Wording, ...]:
    """Return the results for which the report gives no figure."""
    report = Report.objects.select_related("agreement__case").get(case=case)
    results = results_of(report.agreement.case, seen_in=case)
    return _titles([one for one in results if one.actual is None])


def costs_count(case: Case) -> int:
    """Return how many costs the report lists."""
    return CostLine.objects.filter(report__case=case).count()


def costs_without_receipt(case: Case) -> tuple[str, ...]:
    """Return the costs that no receipt proves."""
    lines = CostLine.objects.filter(report__case=case, receipt__isnull=True)
    return tuple(lines.values_list("title", flat=True))


def visit_on(case: Case) -> date | None:
    """Return the day of the visit."""
    return MonitoringVisit.objects.select_related("event").get(case=case).event.held_on


def unanswered_clauses(case: Case) -> int:
    """Return how many clauses of the standard the visit has not looked at."""
    visit = MonitoringVisit.objects.get(case=case)
    return sum(1 for clause in clauses_of(visit) if not clause.result)


def satisfaction_missing(case: Case) -> tuple[Wording, ...]:
    """Return the rounds of the survey in which nobody was asked."""
    rounds = set(SurveyResult.objects.filter(evaluation__case=case).values_list("round", flat=True))
    return tuple(in_both(one.label) for one in SurveyRound if one.value not in rounds)


def results_without_comparison(case: Case) -> tuple[Wording, ...]:
    """Return the promised results beside which no accepted figure stands."""
    evaluation = Evaluation.objects.select_related("agreement__case").get(case=case)
    results = results_of(evaluation.agreement.case, is_public_only=True)
    return _titles([one for one in results if one.actual is None])


def finding_fix_by(case: Case) -> datetime | None:
    """Return the end of the day by which the shortcoming is to be mended, Bishkek time."""
    fix_by = Finding.objects.filter(case=case).values_list("fix_by", flat=True).first()
    if fix_by is None:
        return None
    return timezone.make_aware(datetime.combine(fix_by + timedelta(days=1), time()))


FACTS: dict[str, Callable[[Case], object]] = {
    fact.__name__: fact
    for fact in (
        tranches_total,
        agreement_budget_sum,
        results_count,
        funding_total,
        agreement_total,
        reports_count,
        unaccepted_reports,
        unpaid_tranches,
        evaluations_concluded,
        agreement_stage,
        tranche_condition_is_met,
        tranche_condition,
        tranche_sum,
        agreement_signed_on,
        payment_prepared_by,
        awarded_sum,
        award_agreed,
        need_funded_elsewhere,
        results_without_actual,
        costs_count,
        costs_without_receipt,
        visit_on,
        unanswered_clauses,
        satisfaction_missing,
        results_without_comparison,
    )
}
MOMENTS: dict[str, Callable[[Case], datetime | None]] = {"finding_fix_by": finding_fix_by}
