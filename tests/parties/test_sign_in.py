"""Signing in: training names its accounts, a real installation does not."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from ashar.desk.core import PASSWORD
from ashar.parties.access import acts_for, mandates_of, organisations_of
from tests.people import SINCE, build_world


@pytest.fixture
def world(db):
    return build_world()


def sign_in(client, name, password=PASSWORD):
    return client.post("/ky/account/sign-in/", {"username": name, "password": password})


def test_the_right_word_opens_the_desk(client, world):
    answer = sign_in(client, "aigul")
    assert (answer.status_code, answer["Location"]) == (302, "/ky/desk/")
    assert client.post("/ky/account/sign-out/").status_code == 302
    assert client.get("/ky/desk/").status_code == 302


def test_a_wrong_word_is_told_and_the_name_is_kept(client, world):
    html = sign_in(client, "aigul", "wrong").content.decode()
    assert 'value="aigul"' in html
    assert "govuk-error-summary" in html


def test_another_site_cannot_be_the_next_page(client, world):
    answer = client.post("/ky/account/sign-in/?next=https://example.org/",
                         {"username": "aigul", "password": PASSWORD})  # fmt: skip
    assert answer["Location"] == "/ky/desk/"


@pytest.mark.parametrize("is_training", [True, False])
def test_accounts_are_named_in_training_only(client, db, settings, is_training):
    settings.ASHAR_DEMONSTRATION = is_training
    html = client.get("/ky/account/sign-in/").content.decode()
    assert (f"<strong>{PASSWORD}</strong>" in html) == is_training


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_the_page_in_three_languages(client, db, language):
    assert client.get(f"/{language}/account/sign-in/").status_code == 200


def test_mandates_begin_and_end(world):
    assert [one.role for one in mandates_of(world.aigul)] == ["specialist"]
    assert mandates_of(world.zamir) == []
    mandates = world.aigul.person.mandates
    mandates.update(valid_to=SINCE)
    fresh = type(world.aigul).objects.get(pk=world.aigul.pk)
    assert mandates_of(fresh) == []


def test_who_acts_for_whom(world):
    okmotu = world.bodies["okmotu"]
    assert acts_for(world.aigul, okmotu.pk, "specialist")
    assert not acts_for(world.aigul, okmotu.pk, "head")
    assert not acts_for(world.zamir, okmotu.pk)
    assert organisations_of(world.chinara, "representative") == [world.bodies["bulak"]]
    assert "sign_in" not in render_to_string("404.html", {})
