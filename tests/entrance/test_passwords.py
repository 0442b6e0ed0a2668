"""Passwords: long, not known to everybody, nothing else; the first one is changed at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from ashar.desk.core import PASSWORD
from ashar.entrance import core
from ashar.entrance.models import GivenPassword
from ashar.parties.models import Account
from tests.entrance.door import DESK, OWN, SIGN_IN, browser, is_in, sign_in, written

GOOD = "коён тоодо чай ичет"
KNOWN = (
    "password123456",
    "PASSWORDPASSWORD",
    "qwertyuiopasdf",
    "йцукенйцукен",
    "зфыыцщкв1",
    "121212121212",
    "aaaaaaaaaaaaaaaa",
    "123123123123",
    "пароль123456",
    "password2026!!",
    "asdfghjkl;'zxcv",
    "1q2w3e4r5t6y",
)
LONG_AND_FINE = (
    GOOD,
    "correct horse battery staple",
    "x" * 4 + "үй жылуу болсун" * 20,
    "кар жаады эрте",
)


def refused(password, account):
    try:
        validate_password(password, account)
    except ValidationError as error:
        return {one.code for one in error.error_list}
    return set()


@pytest.mark.parametrize("password", LONG_AND_FINE)
def test_words_are_enough(world, password):
    assert refused(password, world.aigul) == set()


@pytest.mark.parametrize("password", KNOWN)
def test_known_ones_are_refused_without_asking_anybody(world, password):
    assert refused(password, world.zamir) & {"password_too_common", "password_too_short"}


def test_p38_notices_when_known_ones_are_taken(world, monkeypatch):
    validator = "ashar.entrance.access.passwords.NotKnown.validate"
    monkeypatch.setattr(validator, lambda *_arguments: None)
    assert refused("121212121212", world.aigul) == set()


def test_who_decides_needs_twelve_signs(world):
    assert refused("жылуу үй б", world.aigul) == {"password_too_short"}
    assert refused("жылуу үй б", world.zamir) == set()


def test_a_name_is_no_password(world):
    for name in ("aigul aigul1", "Айгүл-2026-!!", "kyrgyzstan2026"):
        assert refused(name, world.aigul), name


def test_real_passwords_are_hashed_by_argon2(world, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    world.aigul.set_password(GOOD)
    assert world.aigul.password.startswith("argon2$argon2id$")


def change(client, old, new, again=None):
    return client.post(f"{OWN}password/", {"old": old, "new": new, "again": again or new})


def test_the_password_is_changed_with_the_old_one(world):
    client = browser()
    sign_in(client, "aigul")
    assert change(client, "wrong", GOOD).status_code == 200
    assert change(client, PASSWORD, "short").status_code == 200
    assert change(client, PASSWORD, GOOD, "another one entirely").status_code == 200
    assert change(client, PASSWORD, PASSWORD).status_code == 200
    assert not written("password_changed")
    assert change(client, PASSWORD, GOOD).status_code == 302
    assert written("password_changed")
    fresh = browser()
    sign_in(fresh, "aigul", GOOD)
    assert is_in(fresh)


def test_guessing_the_old_password_is_stopped_as_at_the_door(world):
    client = browser()
    sign_in(client, "aigul")
    answers = [change(client, f"wrong {number}", GOOD).status_code for number in range(6)]
    assert answers[-1] in {200, 429}
    assert change(client, PASSWORD, GOOD).status_code != 302


@pytest.fixture
def given(db, capsys):
    """The first administrator of an empty installation and the paper with the password."""
    call_command("administrator", "asel", person="Асел Осмонова")
    printed = capsys.readouterr().out
    return printed.split("First password: ")[1].split("\n")[0]


def test_an_empty_installation_gets_its_administrator(given):
    account = Account.objects.get(username="asel")
    assert account.is_staff
    assert account.check_password(given)
    assert written("administrator_made")
    with pytest.raises(CommandError, match="already"):
        call_command("administrator", "asel")


def test_the_first_password_must_be_changed(given):
    client = browser()
    sign_in(client, "asel", given)
    for address in (DESK, OWN, "/ky/", f"{OWN}people/", f"{OWN}codes/add/"):
        assert client.get(address)["Location"] == f"{OWN}password/", address
    assert client.get(f"{OWN}password/").status_code == 200
    assert change(client, given, GOOD).status_code == 302
    assert is_in(client)
    assert not GivenPassword.objects.exists()


def test_the_first_password_grows_old(given):
    GivenPassword.objects.update(valid_until=timezone.now() - timedelta(minutes=1))
    client = browser()
    answer = client.post(SIGN_IN, {"username": "asel", "password": given}, follow=True)
    assert answer.context["messages"]
    assert not is_in(client)


def test_first_passwords_are_read_from_paper_without_doubt():
    made = {core.first_password() for _ in range(200)}
    assert len(made) == 200
    assert not set("".join(made)) & set("01lio")
    assert all(len(one) == 19 for one in made)


def test_a_reset_ends_all_that_was(world, capsys):
    here = browser()
    sign_in(here, "aigul")
    call_command("account", "reset", "aigul")
    password = capsys.readouterr().out.split(": ")[1].split("\n")[0]
    assert not is_in(here)
    sign_in(here, "aigul", PASSWORD)
    assert not is_in(here)
    sign_in(here, "aigul", password)
    assert here.get(DESK)["Location"] == f"{OWN}password/"


def test_a_closed_account_opens_nothing(world, capsys):
    here = browser()
    sign_in(here, "aigul")
    call_command("account", "close", "aigul")
    assert not is_in(here)
    sign_in(here, "aigul")
    assert not is_in(here)
    call_command("account", "open", "aigul")
    sign_in(here, "aigul")
    assert is_in(here)
