"""P39: guessing of passwords stops; nobody else is locked out; names are not given away."""

from __future__ import annotations

import secrets
import statistics
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from ashar.desk.core import PASSWORD
from ashar.entrance import core
from ashar.entrance.access import client_address
from ashar.entrance.models import SignInTry
from ashar.journal.models import Entry
from ashar.parties.models import Account
from tests.entrance.door import browser, is_in, sign_in, written

TRIES = 30
HERE, THERE = {"REMOTE_ADDR": "203.0.113.7"}, {"REMOTE_ADDR": "203.0.113.8"}
MOST_APART = 0.25  # of the time that one sign-in takes


def at(address, client, name, password):
    form = {"username": name, "password": password}
    return client.post("/ky/account/sign-in/", form, **address)


def guess(name="aigul"):
    """Thirty wrong passwords, then the right one: what is wrong with the answers."""
    client = browser()
    answers = [at(HERE, client, name, f"wrong {number}").status_code for number in range(TRIES)]
    violations = []
    if answers[:4] != [200] * 4:
        violations.append(f"closed too early: {answers[:4]}")
    if set(answers[4:]) != {429}:
        violations.append(f"open after the fifth: {answers[4:]}")
    last = at(HERE, client, name, PASSWORD)
    if last.status_code != 429 or is_in(client):
        violations.append("the right password opens while closed")
    return violations


def locked_out_elsewhere():
    """The same name from elsewhere, and another name from the same place, come in."""
    elsewhere, neighbour = browser(), browser()
    at(THERE, elsewhere, "aigul", PASSWORD)
    at(HERE, neighbour, "chinara", PASSWORD)
    return ["the person elsewhere is locked out"] * (not is_in(elsewhere)) + [
        "the neighbour is locked out"
    ] * (not is_in(neighbour))


def apart(rounds=8):
    """How far apart the answers for a known and an unknown name are, in words and in time."""
    times = {"aigul": [], "nobody-is-called-so": []}
    pages = {}
    for number in range(rounds):
        for name, taken in times.items():
            client = browser(x_address=str(number))
            begun = time.perf_counter()
            place = {"REMOTE_ADDR": f"198.51.100.{number}"}
            answer = at(place, client, name, secrets.token_hex(8))
            taken.append(time.perf_counter() - begun)
            pages[name] = answer.content.decode().replace(name, "")
    known, unknown = (statistics.median(taken) for taken in times.values())
    difference = abs(known - unknown) / max(known, unknown)
    violations = [f"{difference:.0%} apart"] * (difference > MOST_APART)
    lengths = {len(page) for page in pages.values()}
    return violations + [f"the pages differ: {lengths}"] * (len(lengths) > 1)


@pytest.fixture
def slow_passwords(world, settings):
    """The hasher of a real installation, and a page that names no accounts."""
    settings.ASHAR_DEMONSTRATION = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    world.aigul.set_password(PASSWORD)
    world.aigul.save()


def test_p39_guessing_stops_at_the_fifth(world):
    assert guess() == []
    assert locked_out_elsewhere() == []


def test_p39_an_unknown_name_is_closed_as_well(world):
    client = browser()
    answers = [at(HERE, client, "nobody", f"wrong {n}").status_code for n in range(7)]
    assert answers == [200] * 4 + [429] * 3


def test_p39_notices_when_tries_are_not_counted(world, monkeypatch):
    monkeypatch.setattr(core, "FREE_TRIES", 1000)
    assert guess()


def test_p39_notices_when_the_name_alone_is_closed(world, monkeypatch):
    monkeypatch.setattr(
        "ashar.entrance.actions.tries.client_address", lambda _request: "everywhere"
    )
    assert guess() == []
    assert locked_out_elsewhere() == ["the person elsewhere is locked out"]


@pytest.mark.trust
def test_p39_known_and_unknown_names_take_alike(slow_passwords):
    assert apart() == []


@pytest.mark.trust
def test_p39_notices_when_an_unknown_name_is_answered_at_once(slow_passwords, monkeypatch):
    def only_known(self, request, username=None, password=None, **_further):
        user = Account.objects.filter(username=username).first()
        return user if user and user.check_password(password) else None

    monkeypatch.setattr("django.contrib.auth.backends.ModelBackend.authenticate", only_known)
    assert apart()


def test_the_door_opens_again_after_a_minute_and_waits_grow(world):
    for number in range(5):
        sign_in(browser(), "aigul", f"wrong {number}")
    row = SignInTry.objects.get(tries=5, name__gt="")
    assert timedelta(seconds=50) < row.closed_until - timezone.now() <= timedelta(minutes=1)
    SignInTry.objects.update(closed_until=timezone.now())
    client = browser()
    sign_in(client, "aigul")
    assert is_in(client)
    waits = [core.wait_after(tries).total_seconds() / 60 for tries in range(4, 12)]
    assert waits == [0, 1, 2, 4, 8, 15, 15, 15]


def test_the_page_says_when_to_try_again(world):
    for number in range(5):
        answer = sign_in(browser(), "aigul", f"wrong {number}")
    assert answer.status_code == 429
    assert answer["Retry-After"] == "60"
    assert "1 мүнөт" in answer.content.decode()


def test_tries_while_closed_do_not_prolong_the_wait(world):
    for number in range(5):
        sign_in(browser(), "aigul", f"wrong {number}")
    until = SignInTry.objects.get(tries=5, name__gt="").closed_until
    for number in range(10):
        sign_in(browser(), "aigul", f"wrong {number}")
    assert SignInTry.objects.get(tries=5, name__gt="").closed_until == until


def test_the_journal_names_accounts_but_never_what_strangers_typed(world):
    sign_in(browser(), "aigul", "wrong")
    for number in range(9):
        sign_in(browser(), f"my-secret-password-{number}", "wrong")
    known, *unknown = written("sign_in_failed")
    assert known.subject == f"account:{world.aigul.pk}"
    assert [entry.data["times"] for entry in unknown] == [1, 2, 4, 8]
    for entry in Entry.objects.all():
        assert "my-secret" not in f"{entry.subject}{entry.data}{entry.actor_name}"
    assert not SignInTry.objects.filter(name__contains="my-secret").exists()


@pytest.mark.parametrize(
    ("proxies", "told", "believed"),
    [
        (0, "6.6.6.6", "127.0.0.1"),
        (1, "6.6.6.6", "6.6.6.6"),
        (1, "9.9.9.9, 6.6.6.6", "6.6.6.6"),
        (2, "9.9.9.9, 6.6.6.6", "9.9.9.9"),
        (2, "6.6.6.6", "127.0.0.1"),
        (1, "", "127.0.0.1"),
    ],
)
def test_only_our_own_servers_are_believed(rf, settings, proxies, told, believed):
    settings.ASHAR_PROXIES = proxies
    request = rf.get("/", headers={"x-forwarded-for": told})
    assert client_address(request) == believed
