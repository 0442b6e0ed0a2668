"""P24: nobody sees another municipality's people; every look is written down with its purpose.

The addresses come from the URL table: a new page of cards is in the test before anybody
thinks of it, and fails until it says below what stands in its address.
"""

from __future__ import annotations

from http import HTTPStatus

import pytest
from django.test import Client
from django.urls import reverse

from ashar.journal.models import Entry
from ashar.parties.models import Account
from ashar.people import access, actions
from ashar.people.models import Card, Clearance
from ashar.privacy import access as privacy_access
from ashar.privacy import actions as privacy
from ashar.privacy.models import CardRequest
from tests.cards.synthetic import draft
from tests.journeys.addresses import named_addresses

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

SECRETS = ("Синтетикова", "Чоочунова", "Өрүктү", "11503199000077", "0555 000 111", "Бирдик к. 7",
           "сырдуу дарт")  # fmt: skip
# What each of the cast may see of a card of the model aimak: the card, its requests, nothing.
MAY_OPEN = {"aigul", "azamat"}
MAY_DECIDE = MAY_OPEN | {"head"}


@pytest.fixture
def stage(world, neighbour):
    """A card in each of two municipalities, with everything that can hang on one."""
    cards = {}
    for side, place, clerk, head in (
        ("own", world.aimak, world.aigul, world.head),
        ("foreign", neighbour, world.nurlan, world.nurbek),
    ):
        card = actions.register_card(
            draft(surname="Синтетикова" if side == "own" else "Чоочунова"),
            municipality=place, by=clerk,
        )  # fmt: skip
        office = clerk.person.mandates.get().organisation
        actions.give_clearance(person=clerk.person, organisation=office, kind="health",
                               valid_from="2020-01-01", act="№ 1", by=head)  # fmt: skip
        actions.write_particular(card, kind="health", text="сырдуу дарт", by=clerk)
        actions.record_consent(card, kind="keeping", wording="1", given_on="2026-01-01",
                               by_representative=False, by=clerk)  # fmt: skip
        request = privacy.ask_about_card(card, kind="export", reason="сурады", by=clerk)
        privacy.decide(request, is_approved=True, by=head)
        actions.state_reason(card, purpose="request", words="келген", by=clerk)
        cards[side] = card
    world.cards = cards
    return world


def arguments_of(name, card):
    """What stands in the address of a page about this card; a new page is named here."""
    request = CardRequest.objects.get(card=card)
    consent = card.consents.get()
    known = {
        "people:index": [], "people:new_card": [], "people:readings": [],
        "people:clearances": [], "privacy:policy": [], "privacy:my_data": [],
        "privacy:requests": [], "people:card": [card.ref], "people:correct": [card.ref],
        "people:new_consent": [card.ref], "people:withdraw_consent": [card.ref, consent.pk],
        "people:particulars": [card.ref, "health"],
        "people:end_clearance": [Clearance.objects.order_by("pk").first().pk],
        "privacy:ask": [card.ref, "export"], "privacy:decide": [request.ref],
        "privacy:copy": [request.ref, "json"], "privacy:my_copy": ["json"],
    }  # fmt: skip
    return known[name]


def pages(card):
    for name, _parts in named_addresses():
        if name.startswith(("people:", "privacy:")):
            yield name, reverse(name, args=arguments_of(name, card))


def secrets_in(answer):
    text = answer.content.decode(errors="replace")
    return [secret for secret in SECRETS if secret in text]


CAST = ("zamir", "kanat", "chinara", "elmira", "farid", "daniyar", "head", "aigul", "nurlan")


def leaks(stage, names=CAST):
    """Everything somebody saw who should not have: who, where, what."""
    found = []
    for account in (*Account.objects.filter(username__in=names), None):
        client = Client()
        name = account.username if account else "nobody"
        if account:
            client.force_login(account)
        for side, card in stage.cards.items():
            allowed = MAY_DECIDE if side == "own" else {"nurlan", "nurbek"}
            for page, address in pages(card):
                seen = secrets_in(client.get(address))
                if seen and name not in allowed:
                    found.append((name, side, page, seen))
            if name not in allowed:
                answer = client.post(reverse("people:index"), {"asked": card.surname})
                number = client.post(reverse("people:index"), {"asked": "11503199000077"})
                found += [
                    (name, side, "search", card.ref)
                    for one in (answer, number)
                    if card.ref in one.content.decode()
                ]
    return found


def unwritten(stage):
    """The answers that showed a card without a line in the journal."""
    missing = []
    client = Client()
    client.force_login(stage.aigul)
    for page, address in pages(stage.cards["own"]):
        before = Entry.objects.filter(action="card_read").count()
        answer = client.get(address)
        written = Entry.objects.filter(action="card_read").count() - before
        if secrets_in(answer) and written != 1:
            missing.append((page, written))
    return missing


def test_p24_nobody_sees_people_of_another_municipality(stage):
    assert leaks(stage) == []


def test_p24_notices_when_the_municipality_is_forgotten(stage, monkeypatch):
    monkeypatch.setattr("ashar.people.views.opening.card_for",
                        lambda _user, ref: Card.objects.get(ref=ref))  # fmt: skip
    monkeypatch.setattr("ashar.people.views.opening.open_reading",
                        lambda card, _user: card.readings.first())  # fmt: skip
    assert {"zamir", "nurlan"} <= {one[0] for one in leaks(stage, ("zamir", "nurlan"))}


def test_p24_every_look_is_written_down_with_its_purpose(stage):
    assert unwritten(stage) == []
    entries = Entry.objects.filter(action="card_read")
    assert entries.exists()
    assert all(entry.data["purpose"] for entry in entries)
    assert all(not any(s in str(entry.data) for s in SECRETS) for entry in Entry.objects.all())


def test_p24_notices_a_look_that_is_not_written_down(stage, monkeypatch):
    monkeypatch.setattr(actions, "note_reading", lambda *_a, **_k: None)
    assert [page for page, _ in unwritten(stage)] == [
        "people:card", "people:correct", "people:particulars"]  # fmt: skip


def test_the_card_is_closed_until_a_reason_is_given(stage):
    client = Client()
    client.force_login(stage.azamat)
    address = stage.cards["own"].get_absolute_url()
    assert secrets_in(client.get(address)) == []
    assert client.post(address, {"purpose": "visit", "words": ""}).status_code == HTTPStatus.OK
    assert secrets_in(client.get(address)) == []
    client.post(address, {"purpose": "visit", "words": "үйүнө барам"})
    assert "Синтетикова" in secrets_in(client.get(address))
    kind = reverse("people:particulars", args=(stage.cards["own"].ref, "health"))
    assert client.get(kind).status_code == HTTPStatus.NOT_FOUND


def test_lists_and_single_cards_agree_for_the_whole_cast(stage):
    for user in Account.objects.all():
        seen = set(access.visible_to(user))
        asked = set(privacy_access.visible_to(user))
        for card in Card.objects.all():
            assert (card in seen) == access.may_view(user, card)
        for request in CardRequest.objects.select_related("card"):
            assert (request in asked) == privacy_access.may_view(user, request)


def test_the_head_sees_who_read_but_no_card(stage):
    client = Client()
    client.force_login(stage.head)
    answer = client.get(reverse("people:readings"))
    assert stage.aigul.person.name in answer.content.decode()
    assert secrets_in(answer) == []


def test_doubts_are_shown_once_and_nothing_is_refused_for_them(stage):
    client = Client()
    client.force_login(stage.aigul)
    typed = {"surname": "Экинчи", "name": "Синтетик", "pin": "123"}
    first = client.post(reverse("people:new_card"), typed)
    assert first.status_code == HTTPStatus.OK
    assert Card.objects.count() == 2
    again = client.post(reverse("people:new_card"), {**typed, "seen": "pin_length no_birth"})
    assert again.status_code == HTTPStatus.FOUND
    assert Card.objects.count() == 3


def test_a_card_is_found_by_number_and_by_any_spelling_at_home_only(stage):
    client = Client()
    client.force_login(stage.aigul)
    own, foreign = (stage.cards[side].ref for side in ("own", "foreign"))
    for asked in ("11503199000077", "синт", "Орукту"):
        text = client.post(reverse("people:index"), {"asked": asked}).content.decode()
        assert own in text
        assert foreign not in text
