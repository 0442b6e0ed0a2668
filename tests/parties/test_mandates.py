"""P14 for mandates: whoever decides or pays is named by one person and confirmed by another."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from ashar.journal.models import Entry
from ashar.parties import actions
from ashar.parties.access import acts_for, mandates_of
from ashar.parties.models import Account, Mandate, Organisation, Person
from tests.people import build_world

pytestmark = pytest.mark.django_db
CONSTRAINT = "mandate_confirmed_by_another"


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def browse(client):
    def go(account, name, *parts, data=None):
        client.logout()
        if account is not None:
            client.force_login(account)
        address = reverse(f"parties:{name}", args=parts)
        return client.get(address) if data is None else client.post(address, data)

    return go


def fresh(account):
    """The account without what it remembers of its mandates."""
    return Account.objects.get(pk=account.pk)


def proposed(world, **changes):
    """Aigul proposes that Zamir becomes a specialist."""
    told = {
        "person": world.zamir.person,
        "organisation": world.bodies["okmotu"],
        "role": "specialist",
        "valid_from": timezone.localdate(),
        "act": "буйрук № 5",
        "by": world.aigul,
        **changes,
    }
    return actions.give_mandate(**told)


def test_a_proposed_mandate_gives_nothing_until_another_person_confirms(world):
    mandate = proposed(world)
    assert mandates_of(fresh(world.zamir)) == []
    for same in (world.aigul, world.zamir):
        with pytest.raises(actions.SamePerson):
            actions.confirm_mandate(mandate, by=same)
    actions.confirm_mandate(mandate, by=world.head)
    assert acts_for(fresh(world.zamir), world.bodies["okmotu"].pk, "specialist")
    said = list(Entry.objects.order_by("number").values_list("action", flat=True))[-2:]
    assert said == ["mandate_given", "mandate_confirmed"]


def test_a_mandate_begins_ends_and_may_be_given_again(world):
    today = timezone.localdate()
    later = proposed(world, valid_from=today + timedelta(days=1))
    actions.confirm_mandate(later, by=world.head)
    assert mandates_of(fresh(world.zamir)) == []
    assert mandates_of(fresh(world.zamir), on=today + timedelta(days=1)) == [later]
    now = proposed(world)
    actions.confirm_mandate(now, by=world.head)
    assert mandates_of(fresh(world.zamir)) == [now]
    actions.end_mandate(now, reason="буйрук № 6", by=world.aigul)
    assert mandates_of(fresh(world.zamir)) == []
    assert (now.ended_by, now.end_reason) == (world.aigul.person, "буйрук № 6")
    again = proposed(world)
    assert again.pk != now.pk
    assert proposed(world).pk == again.pk


def combinations(world):
    """Every way of writing who gave, who confirmed, whether it stands, for three people."""
    people = (None, world.aigul.person, world.head.person, world.zamir.person)
    return list(product(people, people, (None, timezone.now())))


def is_sound(person, given, confirmed, at):
    """Say whether the database may take it."""
    if at is None:
        return confirmed is None
    if confirmed is None:
        return given is None
    return given is not None and confirmed not in (given, person)


def wrongly_answered(world, mandate):
    """The combinations that the database answers wrongly."""
    wrong = []
    for given, confirmed, at in combinations(world):
        taken = True
        try:
            with transaction.atomic():
                Mandate.objects.filter(organisation=mandate.organisation, act="буйрук № 5").update(
                    given_by=given, confirmed_by=confirmed, confirmed_at=at
                )
                transaction.set_rollback(True)
        except IntegrityError:
            taken = False
        if taken != is_sound(mandate.person, given, confirmed, at):
            wrong.append((str(given), str(confirmed), at is not None))
    return wrong


def test_p14_no_mandate_stands_that_one_person_gave(world):
    assert wrongly_answered(world, proposed(world)) == []


@pytest.mark.django_db(transaction=True)
def test_p14_notices_when_the_constraint_of_mandates_is_gone(world):
    mandate = proposed(world)
    kept = list(Mandate._meta.constraints)
    constraint = next(one for one in kept if one.name == CONSTRAINT)
    Mandate._meta.constraints = [one for one in kept if one is not constraint]
    with connection.schema_editor() as editor:
        editor.remove_constraint(Mandate, constraint)
    try:
        assert wrongly_answered(world, mandate)
    finally:
        Mandate._meta.constraints = kept
        with connection.schema_editor() as editor:
            editor.add_constraint(Mandate, constraint)


def test_pages_propose_confirm_and_end(world, browse):
    body = Organisation.objects.get(pk=world.bodies["okmotu"].pk)
    sent = {
        "organisation": body.pk, "name": "Асанова Нургүл", "role": "specialist",
        "act": "буйрук № 8", "valid_from": f"{timezone.localdate():%d.%m.%Y}",
    }  # fmt: skip
    assert browse(world.aigul, "new_mandate").status_code == 200
    assert browse(world.aigul, "new_mandate", data=sent).status_code == 302
    made = Mandate.objects.get(act="буйрук № 8")
    assert (made.person.name, made.confirmed_at) == ("Асанова Нургүл", None)
    assert Person.objects.filter(name="Асанова Нургүл").count() == 1
    page = browse(world.aigul, "mandate", made.pk).content.decode()
    assert "эки адам" in page
    assert reverse("parties:confirm_mandate", args=(made.pk,)) not in page
    browse(world.aigul, "confirm_mandate", made.pk, data={})
    made.refresh_from_db()
    assert made.confirmed_at is None
    assert browse(world.head, "confirm_mandate", made.pk, data={}).status_code == 302
    made.refresh_from_db()
    assert made.confirmed_by == world.head.person
    listed = browse(world.head, "mandates").content.decode()
    assert "Асанова Нургүл" in listed
    excel = browse(world.head, "mandates", data=None)
    assert excel.status_code == 200
    reason = {"reason": "Жумуштан кетти"}
    assert browse(world.head, "end_mandate", made.pk, data=reason).status_code == 302
    made.refresh_from_db()
    assert made.end_reason == "Жумуштан кетти"
    assert browse(world.head, "end_mandate", made.pk, data=reason).status_code == 302


@pytest.mark.parametrize("who", ["zamir", "kanat", "bakyt", "daniyar"])
def test_who_answers_for_no_body_sees_nobody_elses_mandates(world, browse, who):
    mandate = proposed(world, person=world.gulnara.person)
    account = world.people[who]
    assert browse(account, "mandate", mandate.pk).status_code == 404
    assert browse(account, "confirm_mandate", mandate.pk, data={}).status_code == 404
    assert browse(account, "end_mandate", mandate.pk).status_code == 404
    assert browse(account, "new_mandate").status_code == 404
    assert "Гүлнара" not in browse(account, "mandates").content.decode()


def test_another_body_does_not_confirm_for_this_one(world, browse):
    mandate = proposed(world)
    assert browse(world.chinara, "mandate", mandate.pk).status_code == 404
    assert browse(world.chinara, "confirm_mandate", mandate.pk, data={}).status_code == 404


def test_an_administrator_keeps_every_body_but_gives_nothing_alone(world, browse):
    Account.objects.filter(pk=world.farid.pk).update(is_staff=True)
    mandate = proposed(world, organisation=world.bodies["kenesh"], role="secretary")
    assert browse(fresh(world.farid), "confirm_mandate", mandate.pk, data={}).status_code == 302
    own = proposed(world, organisation=world.bodies["kenesh"], by=fresh(world.farid))
    browse(fresh(world.farid), "confirm_mandate", own.pk, data={})
    own.refresh_from_db()
    assert own.confirmed_at is None


def test_an_organisation_is_entered_once_and_reached(world, browse):
    sent = {
        "kind": "non_commercial", "name_ky": "«Жаңы» фонду", "name_ru": "Фонд «Жаны»",
        "registration_number": "777", "telephone": "0555 12 34 56",
    }  # fmt: skip
    assert browse(world.aigul, "new_organisation", data=sent).status_code == 302
    made = Organisation.objects.get(registration_number="777")
    assert (made.keeper, made.telephone) == (world.bodies["okmotu"], "0555 12 34 56")
    assert browse(world.aigul, "new_organisation", data=sent).status_code == 200
    reach = {"address": "Бирдик", "telephone": "1", "account_number": "129"}
    assert browse(world.aigul, "edit_organisation", made.ref, data=reach).status_code == 302
    assert browse(world.zamir, "edit_organisation", made.ref, data=reach).status_code == 404
    made.refresh_from_db()
    assert made.account_number == "129"
