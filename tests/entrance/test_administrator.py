"""The administrator opens accounts and helps; nobody else does."""

from __future__ import annotations

import re

import pytest

from ashar.parties.models import Account
from tests.entrance.door import DESK, OWN, add_codes, browser, is_in, sign_in, written

PEOPLE = f"{OWN}people/"


@pytest.fixture
def administrator(world, real_work):
    Account.objects.filter(pk=world.gulnara.pk).update(is_staff=True)
    client = browser()
    sign_in(client, "gulnara")
    add_codes(client)
    return client


def test_an_account_is_opened_and_its_paper_printed(administrator):
    form = {"name": "Токтобек Асанов", "username": "Toktobek"}
    html = administrator.post(f"{PEOPLE}new/", form).content.decode()
    password = re.search(r"(\w{4}-){3}\w{4}", html)[0]
    client = browser()
    sign_in(client, "toktobek", password)
    assert client.get(DESK)["Location"] == f"{OWN}password/"
    again = administrator.post(f"{PEOPLE}new/", form)
    assert not re.search(r"(\w{4}-){3}\w{4}", again.content.decode())


def test_everything_is_ended_for_somebody(administrator, world):
    there = browser()
    sign_in(there, "zamir")
    assert is_in(there)
    administrator.post(f"{PEOPLE}{world.zamir.pk}/sign-out/")
    assert not is_in(there)
    entry = written("sessions_ended")[-1]
    assert (entry.subject, entry.actor_account) == (f"account:{world.zamir.pk}", world.gulnara.pk)


def test_a_lost_telephone(administrator, world):
    there = browser()
    sign_in(there, "aigul")
    add_codes(there)
    html = administrator.post(f"{PEOPLE}{world.aigul.pk}/first-password/").content.decode()
    password = re.search(r"(\w{4}-){3}\w{4}", html)[0]
    assert not is_in(there)
    sign_in(there, "aigul", password)
    assert there.get(DESK)["Location"] == f"{OWN}password/"


def test_somebody_is_found_by_name(administrator):
    html = administrator.get(f"{PEOPLE}?q=чын").content.decode()
    assert "Чынара" in html
    assert "Замир" not in html


def test_nobody_else_sees_these_pages(world):
    for name in ("aigul", "zamir", "elmira"):
        client = browser()
        sign_in(client, name)
        row = world.chinara.pk
        for address in ("", "new/", f"{row}/"):
            assert client.get(PEOPLE + address).status_code == 403, (name, address)
        for address in ("sign-out", "first-password", "invite"):
            assert client.post(f"{PEOPLE}{row}/{address}/").status_code == 403, (name, address)


def test_an_administrator_without_a_second_step_does_nothing(world, real_work):
    Account.objects.filter(pk=world.gulnara.pk).update(is_staff=True)
    client = browser()
    sign_in(client, "gulnara")
    assert client.get(PEOPLE)["Location"] == OWN
    assert client.post(f"{PEOPLE}{world.zamir.pk}/first-password/")["Location"] == OWN
