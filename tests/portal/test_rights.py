"""The table of rights is made from the code, is up to date, and holds for the whole cast."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from ashar.cases.queries import law, roles_of
from ashar.parties.access import mandates_of
from ashar.parties.actions import (
    confirm_mandate,
    end_mandate,
    give_mandate,
    open_account,
    register_organisation,
    register_person,
)
from ashar.parties.models import Account, Mandate
from ashar.portal.queries import rights as queries
from tests.agreements import deal
from tests.people import build_world

ACTING = {"customer", "commission", "applicant", "contractor", "municipality", "kenesh"}


def test_the_page_is_up_to_date():
    call_command("rights", check=True)


def test_the_page_notices_a_move_given_to_somebody_else(monkeypatch):
    real = queries.rights

    def altered(tongue):
        first, *others = real(tongue)
        return (first.__class__(**{**first.__dict__, "mandates": ("deputy",)}), *others)

    monkeypatch.setattr("ashar.portal.management.commands.rights.rights", altered)
    with pytest.raises(CommandError):
        call_command("rights", check=True)


def test_every_move_of_every_track_has_somebody_who_may_make_it():
    listed = {(r.procedure, r.track, r.stage, r.move) for r in queries.rights("ky")}
    moves = {
        (law().procedure(key, edition).ref, track.name, stage.name, move)
        for key in law().keys()  # noqa: SIM118 - a method of the library, not of a dict
        for edition in law().editions(key)
        for track in law().procedure(key, edition).tracks.values()
        for stage in track.stages.values()
        for move in stage.moves
    }
    assert listed == moves
    assert [r.move for r in queries.rights("en") if not r.mandates and not r.is_clock_only] == []


def test_money_moves_only_with_a_second_person():
    """Wherever a payment is approved the law file asks for another person."""
    approving = [r for r in queries.rights("en") if r.move == "approve_payment"]
    assert approving
    assert all(r.needs_second_person for r in approving)
    assert not any(r.move == "pay" for r in queries.rights("en"))


# Who stands in nothing, though something of a mandate is there


@pytest.fixture
def running(db, monkeypatch):
    monkeypatch.setattr("ashar.cases.effects.documents.make_paper", lambda *_a, **_k: [])
    world = build_world()
    return world, deal.signed(world)


def stranger(world, name, **told):
    """Somebody new with a mandate of the customer that differs in one thing."""
    person = register_person(name=name, by=None)
    account = open_account(person=person, username=name.lower(), password="x", by=None)
    given = {
        "organisation": world.bodies["okmotu"], "role": "specialist",
        "valid_from": timezone.localdate(), "by": None, **told,
    }  # fmt: skip
    return account, give_mandate(person=person, **given)


def outsiders(world):
    """Yield those who must stand in no case of the customer, each with why."""
    today = timezone.localdate()
    yield "no mandate", world.zamir
    elsewhere = register_organisation(
        kind="aiyl_okmotu", name_ky="Башка", name_ru="Другой", by=None
    )
    yield "another municipality", stranger(world, "Chet", organisation=elsewhere)[0]
    account, mandate = stranger(world, "Burungu")
    end_mandate(mandate, reason="буйрук", by=None)
    yield "ended", account
    account, mandate = stranger(world, "Otkon", valid_from=today - timedelta(days=9))
    Mandate.objects.filter(pk=mandate.pk).update(valid_to=today - timedelta(days=1))
    yield "run out", account
    yield "not begun", stranger(world, "Keleechek", valid_from=today + timedelta(days=1))[0]
    yield "not confirmed", stranger(world, "Suroo", by=world.aigul)[0]
    yield "wrong role", stranger(world, "Deputat", role="deputy")[0]


def standing_without_right(world, case):
    """Return which outsiders stand in the case as any actor."""
    found = []
    for why, account in outsiders(world):
        fresh = Account.objects.get(pk=account.pk)
        if set(roles_of(case, fresh)) & ACTING:
            found.append(why)
    return found


def test_no_outsider_stands_in_a_case(running):
    world, agreement = running
    assert standing_without_right(world, agreement.case) == []
    account, mandate = stranger(world, "Jany", by=world.aigul)
    confirm_mandate(mandate, by=world.head)
    fresh = Account.objects.get(pk=account.pk)
    assert mandates_of(fresh) == [mandate]
    assert set(roles_of(agreement.case, fresh)) == {"customer"}


def test_the_check_notices_mandates_that_need_nobody(running, monkeypatch):
    world, agreement = running
    monkeypatch.setattr(
        "ashar.parties.models.MandateQuerySet.active", lambda self, _on: self.filter()
    )
    assert standing_without_right(world, agreement.case) == [
        "ended", "run out", "not begun", "not confirmed",
    ]  # fmt: skip
