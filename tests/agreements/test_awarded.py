"""P16: no more is paid than awarded; one need is not funded twice, whoever the customer is."""

from __future__ import annotations

from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, connections, transaction

from ashar.agreements import actions
from ashar.agreements.models import Agreement, AgreementFunding, NeedFunding, Tranche
from ashar.agreements.queries.funding import years_of
from ashar.cases.actions import MovedMeanwhile, Opening, make_move, open_case
from ashar.cases.models import Case
from ashar.kernel.money import Som
from ashar.procedures.reasons import Refused
from ashar.procedures.registry import Guard, registry
from ashar.programmes.models import Programme
from tests.agreements import deal
from tests.people import build_world


def other_programme(world, need_case=None):
    """A programme of another customer, the ministry say, for the same years."""
    opening = Opening(
        procedure="social_order_programme", track="programme", territory=world.aimak,
        title_ky="Министрликтин программасы", parties={"municipality": world.bodies["ministry"]},
    )  # fmt: skip
    case = open_case(opening, by=None)
    return Programme.objects.create(case=case, year_from=2026, year_to=2028)


def funded_twice():
    """Return the needs for which two programmes pay in one year, from the tables."""
    found = {}
    for claim in NeedFunding.objects.all():
        found.setdefault((claim.need_id, claim.year), set()).add(claim.programme_id)
    return [key for key, programmes in found.items() if len(programmes) > 1]


def overpaid():
    """Return the agreements under which more was paid than the winner asked for."""
    found = []
    for agreement in Agreement.objects.filter(proposal__counted__isnull=False):
        rows = agreement.tranches.filter(paid__isnull=False)
        paid = sum((one.paid for one in rows), Som(0))
        if paid.tyiyn > agreement.proposal.counted.requested.tyiyn:
            found.append(agreement.pk)
    return found


def test_p16_signing_claims_the_need_for_its_years(world, running):
    years = list(NeedFunding.objects.values_list("year", flat=True).order_by("year"))
    assert years == list(years_of(running))
    assert funded_twice() == []


def claim_again(world, agreement):
    """Another programme writes the same need and year, past every guard."""
    claim = NeedFunding.objects.first()
    try:
        with transaction.atomic():
            NeedFunding.objects.create(
                need=claim.need, year=claim.year, programme=other_programme(world)
            )
    except IntegrityError:
        return


def test_p16_a_second_customer_is_refused_by_law_and_by_database(world, draft):
    agreement = deal.planned(world) if not Agreement.objects.count() else draft
    other = other_programme(world)
    NeedFunding.objects.create(need=agreement.need, year=agreement.starts_on.year, programme=other)
    with pytest.raises(Refused) as refused:
        actions.claim_need(agreement)
    assert [one.reason.key for one in refused.value.refusals] == ["funded_once"]
    claim_again(world, agreement)
    assert funded_twice() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_papers")
def test_p16_notices_when_the_constraint_is_gone():
    world = build_world()
    running = deal.signed(world)
    kept = list(NeedFunding._meta.constraints)
    (constraint,) = kept
    NeedFunding._meta.constraints = []
    with connection.schema_editor() as editor:
        editor.remove_constraint(NeedFunding, constraint)
    try:
        claim_again(world, running)
        assert funded_twice()
    finally:
        NeedFunding.objects.all().delete()
        NeedFunding._meta.constraints = kept
        with connection.schema_editor() as editor:
            editor.add_constraint(NeedFunding, constraint)


def test_p16_termination_frees_the_years_in_which_nothing_was_paid(world, running):
    answers = {"reason": "токтоду", "refund_som": Som(0)}
    make_move(running.case, "terminate", by=world.aigul, answers=answers)
    assert NeedFunding.objects.count() == 0


def inflated(agreement):
    """The customer plans a million more than was asked, sources and tranches agreeing."""
    more = Som.of(1_000_000)
    line = AgreementFunding.objects.filter(agreement=agreement, source="local_own")
    line.update(planned=line.get().planned + more)
    last = agreement.tranches.last()
    Tranche.objects.filter(pk=last.pk).update(amount=last.amount + more)
    Agreement.objects.filter(pk=agreement.pk).update(total=agreement.total + more)
    return last


@pytest.mark.usefixtures("_no_papers")
def test_p16_more_than_was_asked_is_not_offered(world):
    agreement = deal.planned(world)
    inflated(agreement)
    with pytest.raises(Refused) as refused:
        make_move(agreement.case, "offer", by=world.aigul, answers={"agreement_number": "7"})
    assert [one.reason.key for one in refused.value.refusals] == ["within_award"]


def paid_in_full(world, agreement):
    """Pay both tranches if the law lets them through."""
    deal.accepted(world, agreement)
    for tranche in agreement.tranches.select_related("case").order_by("number"):
        try:
            with transaction.atomic():
                deal.pay(world, tranche)
        except Refused:
            return


def test_p16_sums_written_behind_the_back_are_not_paid(world, running):
    inflated(running)
    paid_in_full(world, running)
    assert overpaid() == []


def test_p16_notices_when_nobody_compares_with_the_award(world, running, monkeypatch):
    blind = Guard(lambda _facts, _argument: None, needs=("awarded_sum", "award_agreed"))
    monkeypatch.setitem(registry._guards, "within_award", blind)
    inflated(running)
    paid_in_full(world, running)
    assert overpaid() == [running.pk]


@pytest.mark.postgres
@pytest.mark.usefixtures("_no_papers")
@pytest.mark.django_db(transaction=True)
def test_a_payment_and_a_suspension_at_one_moment_come_one_after_the_other():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time: the two cannot meet")
    world = build_world()
    running = deal.signed(world)
    tranche = running.tranches.get(number=1)
    deal.prepare(world, tranche)
    start, refusals = Barrier(2), []

    def together(work):
        try:
            start.wait()
            work()
        except (MovedMeanwhile, Refused) as refused:
            refusals.append(refused)
        finally:
            connections.close_all()

    def pay():
        make_move(tranche.case, "approve_payment", by=world.head)

    def suspend():
        make_move(running.case, "suspend", by=world.aigul, answers={"reason": "текшерүү"})

    threads = [Thread(target=together, args=(work,)) for work in (pay, suspend)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    decided = list(running.case.decisions.filter(move="suspend").values_list("pk", flat=True))
    paid = list(tranche.case.decisions.filter(move="approve_payment").values_list("pk", flat=True))
    assert Case.objects.get(pk=running.case_id).stage == "suspended"
    assert (len(decided), len(paid), len(refusals)) in {(1, 1, 0), (1, 0, 1)}
    assert not paid or paid[0] < decided[0]
