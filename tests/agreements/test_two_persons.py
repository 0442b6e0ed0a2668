"""P14: nobody pays alone. The database itself refuses it, whatever the program asks."""

from __future__ import annotations

from itertools import product

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.utils import timezone

from ashar.agreements import guards
from ashar.agreements.models import Tranche
from ashar.cases.actions import make_move
from ashar.kernel.money import Som
from ashar.procedures.reasons import Refused
from ashar.procedures.registry import Guard, registry
from tests.agreements import deal

CONSTRAINT = "tranche_paid_by_two"
WITHOUT = 68  # of 96: all that are paid, in whole or in half, and not by two persons


def combinations(world):
    """96 ways of writing who prepared, who approved, how much and when."""
    people = (None, world.aigul.person, world.head.person, world.chinara.person)
    sums, days = (None, Som.of(1), Som.of(100_000)), (None, timezone.localdate())
    return list(product(people, people, sums, days))


def is_sound(prepared, approved, paid, paid_on):
    """Say whether the database may take it: unpaid, or paid by two different persons."""
    if paid is None and paid_on is None:
        return True
    whole = paid is not None and paid_on is not None
    return whole and prepared is not None and approved is not None and prepared != approved


def wrongly_answered(world, tranche):
    """The combinations that the database takes although it must not, or refuses although it may."""
    wrong = []
    for prepared, approved, paid, paid_on in combinations(world):
        columns = {
            "prepared_by": prepared, "approved_by": approved, "paid": paid, "paid_on": paid_on,
        }  # fmt: skip
        taken = True
        try:
            with transaction.atomic():
                Tranche.objects.filter(agreement=tranche.agreement).update(**columns)
                transaction.set_rollback(True)
        except IntegrityError:
            taken = False
        if taken != is_sound(prepared, approved, paid, paid_on):
            wrong.append((str(prepared), str(approved), str(paid), str(paid_on)))
    return wrong


def test_p14_of_96_combinations_none_is_taken_wrongly(world, running):
    tranche = running.tranches.get(number=1)
    assert len(combinations(world)) == 96
    assert wrongly_answered(world, tranche) == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_no_papers")
def test_p14_notices_when_the_constraint_is_gone(world):
    running = deal.signed(world)
    tranche = running.tranches.get(number=1)
    kept = list(Tranche._meta.constraints)
    constraint = next(one for one in kept if one.name == CONSTRAINT)
    # SQLite makes the table anew from what the model says.
    Tranche._meta.constraints = [one for one in kept if one is not constraint]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Tranche, constraint)
    try:
        assert len(wrongly_answered(world, tranche)) == WITHOUT
    finally:
        Tranche._meta.constraints = kept
        with connection.schema_editor() as editor:
            editor.add_constraint(Tranche, constraint)


def test_p14_bare_sql_is_refused_too(world, running):
    tranche = running.tranches.get(number=1)
    same = world.aigul.person_id
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "UPDATE agreements_tranche SET paid = 100, paid_on = %s, prepared_by_id = %s,"
            " approved_by_id = %s WHERE id = %s",
            [timezone.localdate(), same, same, tranche.pk],
        )


def one_person_paid(world, running):
    """Let one person prepare and approve; return what the page and the database let through."""
    tranche = running.tranches.get(number=1)
    if tranche.case.stage == "payable":
        deal.prepare(world, tranche)
    try:
        with transaction.atomic():
            make_move(tranche.case, "approve_payment", by=world.aigul)
    except (Refused, IntegrityError):
        return []
    return ["paid by one"]


def test_p14_who_prepared_does_not_approve(world, running):
    """The move is refused with words, and the effect and the database would refuse it as well."""
    assert one_person_paid(world, running) == []
    tranche = running.tranches.get(number=1)
    with pytest.raises(Refused) as refused:
        make_move(tranche.case, "approve_payment", by=world.aigul)
    assert [one.reason.key for one in refused.value.refusals] == ["another_person"]
    make_move(tranche.case, "approve_payment", by=world.azamat)
    tranche.refresh_from_db()
    assert (tranche.prepared_by, tranche.approved_by) == (world.aigul.person, world.azamat.person)


def test_p14_without_the_guard_the_effect_still_refuses(world, running, monkeypatch):
    blind = Guard(lambda _facts, _argument: None, needs=("person", "payment_prepared_by"))
    monkeypatch.setitem(registry._guards, "another_person", blind)
    assert guards.another_person({"person": 1, "payment_prepared_by": 1}, None) is not None
    assert one_person_paid(world, running) == []


def test_a_returned_payment_is_prepared_anew_and_its_approver_may_change_sides(world, running):
    tranche = running.tranches.get(number=1)
    deal.prepare(world, tranche, payment_order="15")
    answers = {"reason": "Тапшырманын номери туура эмес"}
    make_move(tranche.case, "return_payment", by=world.head, answers=answers)
    tranche.refresh_from_db()
    assert (tranche.case.stage, tranche.prepared_by) == ("payable", None)
    answers = {
        "payment_order": "16", "paid_on": timezone.localdate(), "paid_som": tranche.amount,
    }  # fmt: skip
    make_move(tranche.case, "prepare_payment", by=world.head, answers=answers)
    with pytest.raises(Refused):
        make_move(tranche.case, "approve_payment", by=world.head)
    make_move(tranche.case, "approve_payment", by=world.aigul)
    tranche.refresh_from_db()
    assert (tranche.payment_order, tranche.paid) == ("16", Som.of(100_000))


def test_a_payment_prepared_before_a_suspension_waits(world, running):
    tranche = running.tranches.get(number=1)
    deal.prepare(world, tranche)
    make_move(running.case, "suspend", by=world.aigul, answers={"reason": "текшерүү"})
    with pytest.raises(Refused) as refused:
        make_move(tranche.case, "approve_payment", by=world.head)
    assert [one.reason.key for one in refused.value.refusals] == ["agreement_running"]
