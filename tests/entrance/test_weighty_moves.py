"""Before a move that weighs the person signs in anew; what was typed goes on."""

from __future__ import annotations

import pytest

from ashar.cases import core
from ashar.cases.queries import procedure_of
from ashar.programmes.actions import ProgrammeText, open_programme
from tests.entrance.door import anew, browser

MOVE = "submit_to_kenesh"


@pytest.fixture
def address(world, settings, monkeypatch):
    """A move of which somebody has said that it weighs."""
    settings.ASHAR_SIGN_IN_ANEW = True
    text = ProgrammeText("Программа", "Программа", "Максат", "Цель", 2026, 2027)
    bodies = world.bodies
    case = open_programme(
        text,
        territory=world.aimak,
        municipality=bodies["okmotu"],
        kenesh=bodies["kenesh"],
        parent=None,
        by=world.aigul,
    ).case
    subject = procedure_of(case).tracks[case.track].subject
    monkeypatch.setitem(core.decisive_moves, subject, frozenset({MOVE}))
    return f"/ky/cases/{case.ref}/moves/{MOVE}/"


def made_without_asking(world, address):
    """The page of the move, asked for by somebody who signed in long ago."""
    client = browser()
    client.force_login(world.aigul)
    answers = [client.get(address), client.post(address, {"version": "0"})]
    return [
        one.status_code
        for one in answers
        if "/account/anew/" not in one.headers.get("Location", "")
    ]


def test_p38_a_weighty_move_asks_who_sits_there(world, address):
    assert made_without_asking(world, address) == []


def test_p38_notices_when_nobody_is_asked(world, address, settings):
    settings.ASHAR_SIGN_IN_ANEW = False
    assert made_without_asking(world, address)


def test_what_was_typed_goes_on(world, address):
    client = browser()
    client.force_login(world.aigul)
    asked = client.post(address, {"version": "0"})
    answer = client.post(asked["Location"], {"password": "ashar-demo", "next": address})
    assert answer.status_code == 409  # the move itself answered: it is not ready, and says why
    assert client.get(address).status_code == 409 or client.get(address).status_code == 200


def test_a_move_that_does_not_weigh_asks_nobody(world, address, monkeypatch):
    monkeypatch.setattr(core, "decisive_moves", {})
    assert made_without_asking(world, address)
    client = browser()
    client.force_login(world.aigul)
    assert anew(client).status_code == 302
