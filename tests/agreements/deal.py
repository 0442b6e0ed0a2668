"""An agreement in the model aimak, brought to any stage in a few words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ashar.agreements import actions
from ashar.agreements.models import Agreement
from ashar.cases.actions import make_move
from ashar.indicators.actions import IndicatorText
from ashar.indicators.models import Indicator
from ashar.kernel.money import Som
from tests.calls import contest

RECEIPT = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SHARE = Som.of(300_005)  # ten months at 30 000,50 from the local budget


def receipt(name="чек.pdf"):
    return SimpleUploadedFile(name, RECEIPT, content_type="application/pdf")


def drafted(world) -> Agreement:
    """The draft that the award opened."""
    call, _first, _second = contest.decided(world)
    make_move(call.case, "award", by=None, now=timezone.now() + timedelta(days=90))
    return Agreement.objects.get()


def planned(world) -> Agreement:
    """The draft with its results, one report and two tranches."""
    agreement = drafted(world)
    by = world.aigul
    rows = [
        IndicatorText(
            "Борборго келген балдар", unit_ky="бала", target=Decimal(18), counts_people=True
        ),
        IndicatorText("Үйгө барып көрүү", unit_ky="жолу", target=Decimal(46)),
    ]
    actions.write_results(agreement, rows, by=by)
    today = timezone.localdate()
    plan = actions.ReportPlan(today - timedelta(days=60), today, today + timedelta(days=2))
    actions.write_reports(agreement, [plan], by=by)
    actions.write_tranches(
        agreement,
        [
            actions.TranchePlan(Som.of(100_000), "signature"),
            actions.TranchePlan(SHARE - Som.of(100_000), "report", report=1),
        ],
        by=by,
    )
    Agreement.objects.filter(pk=agreement.pk).update(standard="day_centre_children")
    agreement.refresh_from_db()
    return agreement


def signed(world) -> Agreement:
    """A running agreement."""
    agreement = planned(world)
    make_move(agreement.case, "offer", by=world.aigul, answers={"agreement_number": "7"})
    make_move(agreement.case, "sign", by=world.chinara, answers={"signed_on": timezone.localdate()})
    agreement.refresh_from_db()
    return agreement


def filled(world, agreement):
    """The first report of the agreement, ready to be handed in."""
    report = agreement.reports.get(number=1)
    children, visits = Indicator.objects.filter(case=agreement.case)
    village = world.villages[0].pk
    actions.write_people(
        report,
        children,
        [
            actions.PeopleRow(village, "a7_15", 10, 8, 2, 1),
        ],
        by=world.chinara,
    )
    actions.write_report(
        report, done="Иштедик", problems="", values={visits.pk: Decimal(46)}, by=world.chinara
    )
    cost = actions.Cost("Айлык", "local_own", Som.of(90_000), date(2026, 11, 1))
    actions.write_cost(report, cost, receipt=receipt(), by=world.chinara)
    report.refresh_from_db()
    return report


def accepted(world, agreement):
    """The report handed in and accepted."""
    report = filled(world, agreement)
    make_move(report.case, "submit", by=world.chinara)
    make_move(report.case, "accept", by=world.aigul)
    report.refresh_from_db()
    return report


def prepare(world, tranche, **changes):
    """One person of the customer prepares the payment of the tranche."""
    answers = {
        "payment_order": "15",
        "paid_on": timezone.localdate(),
        "paid_som": tranche.amount,
        **changes,
    }
    make_move(tranche.case, "prepare_payment", by=world.aigul, answers=answers)
    tranche.refresh_from_db()


def pay(world, tranche, **changes):
    """Two persons pay the tranche: the specialist prepares, the head approves."""
    prepare(world, tranche, **changes)
    make_move(tranche.case, "approve_payment", by=world.head)
    tranche.refresh_from_db()


def visited(world, agreement):
    """A visit of today with every clause answered and one finding, not recorded yet."""
    visit = actions.plan_visit(
        agreement, actions.VisitPlan(timezone.localdate(), "Бирдик"), by=world.aigul
    )
    answered(world, visit)
    finding = actions.add_finding(
        visit,
        text="Пандус жок",
        fix_by=timezone.localdate() + timedelta(days=10),
        clause="accessible_rooms",
        by=world.aigul,
    )
    visit.refresh_from_db()
    return visit, finding


def answered(world, visit):
    """Every clause of the standard met."""
    keys = (
        "individual_plan", "schedule_kept", "qualified_staff", "accessible_rooms", "safety",
        "attendance_journal", "parents_heard", "personal_data",
    )  # fmt: skip
    actions.write_visit(
        visit,
        held_on=timezone.localdate(),
        summary="Жакшы",
        answers={key: actions.ClauseFound("met", "көрдүк") for key in keys},
        by=world.aigul,
    )


def judged(world, agreement):
    """An evaluation with its survey, not decided yet."""
    evaluation = actions.open_evaluation(agreement, by=world.aigul)
    actions.write_evaluation(
        evaluation,
        actions.Judgement("Жакшы", "Унаа", "Улантуу"),
        survey=[
            actions.SurveyRow("before", "Кызматка ыраазысызбы?", 20, 5),
            actions.SurveyRow("after", "Кызматка ыраазысызбы?", 20, 17),
        ],
        by=world.aigul,
    )
    evaluation.refresh_from_db()
    return evaluation
