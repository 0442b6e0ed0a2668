"""Two municipalities with their offices: nobody of one sees the people of the other."""

from __future__ import annotations

from datetime import date

import pytest

from ashar.parties import actions as parties
from ashar.people import actions
from tests.cards.synthetic import draft
from tests.people import build_world, territory


@pytest.fixture
def world(db):
    """The model aimak and its cast."""
    return build_world()


@pytest.fixture
def neighbour(world):
    """A specialist and the head of another municipality."""
    place = territory("41799299898000", "ayil_aimak", "Коңшу", world.aimak.parent)
    office = parties.register_organisation(
        kind="aiyl_okmotu", name_ky="Коңшу айыл өкмөтү", name_ru="Соседний айыл окмоту",
        territory=place, by=None,
    )  # fmt: skip
    accounts = {}
    for username, role in (("nurlan", "specialist"), ("nurbek", "head")):
        person = parties.register_person(name=username.title(), by=None)
        accounts[username] = parties.open_account(
            person=person, username=username, password="ashar-demo", by=None
        )
        parties.give_mandate(
            person=person, organisation=office, role=role, valid_from=date(2020, 1, 1), by=None
        )
    world.people.update(accounts)
    return place


@pytest.fixture
def card(world):
    """A card of the model aimak."""
    return actions.register_card(draft(), municipality=world.aimak, by=world.aigul)


@pytest.fixture
def foreign_card(world, neighbour):
    """A card of the neighbouring municipality, with the same number."""
    return actions.register_card(
        draft(surname="Чоочунова"), municipality=neighbour, by=world.nurlan
    )
