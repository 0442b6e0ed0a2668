"""What people do with an agreement, by outcome."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from ashar.agreements import actions
from ashar.agreements.models import Agreement, AgreementFunding, CostLine
from ashar.agreements.queries.agreements import funding_of, overspending, refund_of
from ashar.cases.actions import MovedMeanwhile, Opening, make_move, tick
from ashar.cases.models import Case, CaseDocument
from ashar.documents.access import may_read
from ashar.documents.actions import RefusedUpload
from ashar.indicators.queries import results_of
from ashar.kernel.money import Som
from ashar.notices.models import Message
from ashar.procedures.engine import Refused
from tests.agreements import deal

pytestmark = pytest.mark.django_db


def refused(case, move, by, **answers):
    with pytest.raises(Refused) as found:
        make_move(case, move, by=by, answers=answers)
    return [refusal.reason.key for refusal in found.value.refusals]


def test_the_award_opens_a_draft_of_what_the_winner_promised(world, draft):
    assert (draft.customer, draft.contractor) == (world.bodies["okmotu"], world.bodies["bulak"])
    assert draft.case.stage == "drafting"
    assert str(draft.need) == "Балдарга кам көрүү"
    assert draft.total == Som.of(350_005)
    assert [(r.indicator.title_ky, r.target_text) for r in results_of(draft.case)] == [
        ("Борборго келген балдар", "18")
    ]
    assert {one.source: one.planned for one in funding_of(draft)} == {
        "local_own": Som.of(300_005),
        "ngo_own": Som.of(50_000),
    }
    assert {p.actor for p in draft.case.parties.all()} == {"customer", "contractor"}
    assert Agreement.objects.count() == 1


def test_a_draft_without_tranches_cannot_be_offered(world, draft):
    assert refused(draft.case, "offer", world.aigul, agreement_number="7") == ["tranches_missing"]
    plan = actions.TranchePlan(Som.of(1), "signature")
    actions.write_tranches(draft, [plan], by=world.aigul)
    actions.write_funding(draft, {"local_own": Som.of(2)}, by=world.aigul)
    actions.write_results(draft, [], by=world.aigul)
    assert refused(draft.case, "offer", world.aigul, agreement_number="7") == [
        "tranches_add_up",
        "results_listed",
        "funding_adds_up",
    ]


def test_a_draft_of_somebody_else_is_not_overwritten(world, draft):
    seen = draft.draft_version
    actions.write_results(draft, [], by=world.aigul, version=seen)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.write_funding(draft, {}, by=world.azamat, version=seen)
    assert AgreementFunding.objects.count() == 2


@pytest.mark.usefixtures("_no_papers")
def test_parts_of_a_draft_get_their_cases_and_lose_them(world):
    agreement = deal.planned(world)
    assert Case.objects.filter(track="tranche").count() == 2
    with pytest.raises(actions.ReportAwaited):
        actions.write_reports(agreement, [], by=world.aigul)
    actions.write_tranches(agreement, [], by=world.aigul)
    actions.write_reports(agreement, [], by=world.aigul)
    assert Case.objects.filter(track__in=("tranche", "report")).count() == 0


def test_signing_keeps_number_and_day_and_frees_the_advance(world, running):
    assert (running.number, running.signed_on) == ("7", timezone.localdate())
    first, second = running.tranches.select_related("case")
    assert (first.case.stage, second.case.stage) == ("payable", "planned")
    assert [one.case.is_public for one in (first, second, running)] == [True] * 3
    with pytest.raises(actions.NotNow):
        actions.write_results(running, [], by=world.aigul)


@pytest.mark.usefixtures("_no_papers")
def test_nothing_is_signed_in_the_future(world):
    agreement = deal.planned(world)
    make_move(agreement.case, "offer", by=world.aigul, answers={"agreement_number": "7"})
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert refused(agreement.case, "sign", world.chinara, signed_on=tomorrow) == ["not_in_future"]


def test_a_report_needs_every_result_a_cost_and_its_receipt(world, running):
    report = running.reports.get()
    assert refused(report.case, "submit", world.chinara) == ["results_entered", "costs_entered"]
    cost = actions.Cost("Айлык", "local_own", Som.of(1), timezone.localdate())
    actions.write_cost(report, cost, receipt=None, by=world.chinara)
    assert refused(report.case, "submit", world.chinara) == [
        "results_entered",
        "receipts_attached",
    ]


def test_a_report_is_sent_back_once_and_its_acceptance_frees_the_tranche(world, running):
    report = deal.filled(world, running)
    make_move(report.case, "submit", by=world.chinara)
    make_move(report.case, "send_back", by=world.aigul, answers={"reason": "чек"})
    assert report.case.stage == "draft"
    make_move(report.case, "submit", by=world.chinara)
    make_move(report.case, "accept", by=world.aigul)
    assert report.case.is_public
    second = running.tranches.get(number=2)
    assert second.case.stage == "payable"
    children = results_of(running.case, is_public_only=True)[0]
    assert children.actual == Decimal(18)
    assert children.totals.by_sex == {"women": Decimal(10), "men": Decimal(8)}
    assert children.totals.with_disability == Decimal(3)


def test_a_tranche_is_paid_as_agreed_and_once(world, running):
    first = running.tranches.get(number=1)
    today = timezone.localdate()
    answers = {"payment_order": "1", "paid_on": today, "paid_som": Som.of(1)}
    assert refused(first.case, "prepare_payment", world.aigul, **answers) == ["paid_as_agreed"]
    deal.pay(world, first)
    assert (first.paid, first.payment_order) == (Som.of(100_000), "15")
    assert funding_of(running)[0].actual == Som.of(100_000)
    with pytest.raises((Refused, MovedMeanwhile)):
        deal.pay(world, first)
    assert Message.objects.filter(to=world.chinara, case=first.case).count() == 1


def test_of_two_clicks_on_pay_one_counts(world, running):
    first = running.tranches.get(number=1)
    deal.prepare(world, first)
    stale = Case.objects.get(pk=first.case_id).version
    make_move(first.case, "approve_payment", by=world.head, version=stale)
    with pytest.raises(MovedMeanwhile):
        make_move(first.case, "approve_payment", by=world.azamat, version=stale)
    first.refresh_from_db()
    assert first.payment_order == "15"
    assert first.approved_by == world.head.person


def test_a_payment_is_never_written_over(world, running):
    first = running.tranches.get(number=1)
    deal.pay(world, first)
    decision = first.case.decisions.get(move="approve_payment")
    with pytest.raises(MovedMeanwhile):
        actions.record_payment(first.case, decision)


def test_nothing_is_paid_while_suspended(world, running):
    make_move(running.case, "suspend", by=world.aigul, answers={"reason": "текшерүү"})
    first = running.tranches.get(number=1)
    answers = {"payment_order": "1", "paid_on": timezone.localdate(), "paid_som": first.amount}
    assert refused(first.case, "prepare_payment", world.aigul, **answers) == ["agreement_running"]
    report = deal.accepted(world, running)
    assert report.case.stage == "accepted"
    second = running.tranches.get(number=2)
    assert second.case.stage == "planned"
    make_move(running.case, "resume", by=world.aigul, answers={"reason": "бүттү"})
    make_move(second.case, "release", by=world.aigul)
    assert second.case.stage == "payable"


def test_termination_says_what_is_to_be_refunded(world, running):
    answers = {"reason": "токтоду", "refund_som": Som.of(12, 50)}
    make_move(running.case, "terminate", by=world.aigul, answers=answers)
    assert refund_of(running.case) == Som.of(12, 50)


def test_what_came_is_recorded_by_either_party_with_the_journal(world, running):
    actions.record_actual(running, {"ngo_own": Som.of(40_000)}, by=world.chinara)
    actions.record_actual(running, {"community_cash": Som.of(115_550)}, by=world.aigul)
    came = {one.source: one.actual for one in funding_of(running)}
    assert came == {
        "local_own": None,
        "ngo_own": Som.of(40_000),
        "community_cash": Som.of(115_550),
    }


def test_overspending_is_said_and_not_forbidden(world, running):
    report = deal.filled(world, running)
    cost = actions.Cost("Унаа", "ngo_own", Som.of(60_000), timezone.localdate())
    actions.write_cost(report, cost, receipt=deal.receipt(), by=world.chinara)
    (over,) = overspending(running)
    assert (over.planned, over.spent) == (Som.of(50_000), Som.of(60_000))
    make_move(report.case, "submit", by=world.chinara)


def test_a_cost_with_a_refused_receipt_is_not_half_saved(world, running):
    report = running.reports.get()
    cost = actions.Cost("Айлык", "local_own", Som.of(1), timezone.localdate())
    bad = deal.receipt("чек.exe")
    with pytest.raises(RefusedUpload):
        actions.write_cost(report, cost, receipt=bad, by=world.chinara)
    assert CostLine.objects.count() == 0
    assert CaseDocument.objects.filter(case=report.case).count() == 0


def test_one_receipt_for_two_costs_can_be_opened_from_both(world, running):
    report = running.reports.get()
    for title in ("Айлык", "Унаа"):
        cost = actions.Cost(title, "local_own", Som.of(1), timezone.localdate())
        actions.write_cost(report, cost, receipt=deal.receipt(), by=world.chinara)
    first, second = CostLine.objects.order_by("pk")
    assert first.receipt is not None
    assert first.receipt == second.receipt
    assert may_read(world.aigul, first.receipt)


def test_a_visit_by_the_clauses_opens_with_its_findings(world, running):
    visit, finding = deal.visited(world, running)
    assert finding.case.due_at is not None
    make_move(visit.case, "record", by=world.aigul)
    finding.case.refresh_from_db()
    assert (visit.case.is_public, finding.case.is_public) == (True, True)
    with pytest.raises(actions.NotNow):
        actions.add_finding(visit, text="дагы", fix_by=timezone.localdate(), by=world.aigul)


def test_a_visit_of_tomorrow_cannot_be_recorded(world, running):
    plan = actions.VisitPlan(timezone.localdate() + timedelta(days=1))
    visit = actions.plan_visit(running, plan, by=world.aigul)
    assert refused(visit.case, "record", world.aigul) == ["visit_day_came", "every_clause_answered"]


def test_a_finding_becomes_overdue_by_the_clock_and_is_mended(world, running):
    _visit, finding = deal.visited(world, running)
    assert tick(timezone.now() + timedelta(days=9)) == 0
    assert tick(timezone.now() + timedelta(days=12)) == 1
    finding.case.refresh_from_db()
    assert finding.case.stage == "overdue"
    make_move(finding.case, "report_mended", by=world.chinara, answers={"mended_text": "койдук"})
    make_move(finding.case, "confirm", by=world.aigul)
    assert finding.case.stage == "closed"


def test_an_evaluation_needs_both_rounds_and_accepted_results(world, running):
    evaluation = actions.open_evaluation(running, by=world.aigul)
    assert actions.open_evaluation(running, by=world.aigul) == evaluation
    keys = refused(evaluation.case, "continue_service", world.aigul, conclusion_text="а")
    assert keys == ["satisfaction_recorded", "results_compared"]


def test_the_whole_way_to_completion(world, running):
    assert refused(running.case, "complete", world.aigul) == [
        "every_report_accepted",
        "every_tranche_paid",
        "evaluation_concluded",
    ]
    deal.accepted(world, running)
    for tranche in running.tranches.all():
        deal.pay(world, tranche)
    evaluation = deal.judged(world, running)
    make_move(
        evaluation.case, "continue_service", by=world.aigul, answers={"conclusion_text": "улантуу"}
    )
    assert evaluation.case.is_public
    assert Message.objects.filter(to=world.azamat, case=evaluation.case).count() == 1
    make_move(running.case, "complete", by=world.aigul)
    assert running.case.stage == "completed"


def test_agreed_days_are_reminded_once_before_and_once_after(world, running):
    report = running.reports.get()
    assert actions.remind_of_agreed_days() == 2  # both people of the organisation
    actions.remind_of_agreed_days()
    messages = Message.objects.filter(to=world.chinara, case=report.case)
    assert messages.count() == 1
    actions.remind_of_agreed_days(timezone.now() + timedelta(days=3))
    assert messages.count() == 2


def test_an_archive_agreement_keeps_its_source_and_makes_nothing_up(world):
    opening = Opening(
        procedure="municipal_social_order",
        track="agreement",
        territory=world.aimak,
        title_ky="Инсан-Лейлек",
        edition="2008-07-21",
        parties={"customer": world.bodies["okmotu"]},
    )
    past = actions.PastAgreement(
        customer=world.bodies["okmotu"],
        results=[
            actions.PastResult("Катышкан балдар", actual=Decimal(18)),
            actions.PastResult("Жетекке алынгандар"),
        ],
        funding={"community_cash": Som.of(115_550)},
    )
    agreement = actions.record_past_agreement(opening, past, source="слайд 12", period="2014–2015")
    assert (agreement.contractor, agreement.signed_on, agreement.total) == (None, None, None)
    assert agreement.case.is_public
    first, second = results_of(agreement.case, is_public_only=True)
    assert (first.actual, second.actual) == (Decimal(18), None)
    (observation,) = first.indicator.observations.all()
    assert (observation.source, observation.observed_on) == ("слайд 12", None)
