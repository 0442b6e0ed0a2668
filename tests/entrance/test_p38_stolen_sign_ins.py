"""P38: a stolen or replayed sign-in does not work. Each attack returns what it reached.

The attacks on the identity provider stand in test_p38_state_identity.py.
"""

from __future__ import annotations

import json

import pytest
from allauth.mfa.webauthn.internal import auth
from django.contrib.auth import login as plain_login
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from ashar.entrance.views import keeper
from tests.entrance.authenticator import SoftwareAuthenticator
from tests.entrance.door import (
    OWN,
    add_codes,
    add_passkey,
    browser,
    code_of,
    is_in,
    options,
    passkey_options,
    sign_in,
    sign_in_by_passkey,
)


@pytest.fixture
def passkey(world):
    """Aigul's passkey."""
    made = SoftwareAuthenticator()
    client = browser()
    sign_in(client, "aigul")
    assert add_passkey(client, made).status_code == 302
    return made


def preset_session():
    """An attacker puts a session number of his own into the victim's browser."""
    his = SessionStore()
    his["kept"] = "by the attacker"
    his.create()
    victim = browser()
    victim.cookies["sessionid"] = his.session_key
    sign_in(victim, "aigul")
    attacker = browser()
    attacker.cookies["sessionid"] = his.session_key
    return ["the preset session is signed in"] * is_in(attacker)


def forged_form():
    """Another site signs the victim's browser in under the attacker's name."""
    victim = Client(enforce_csrf_checks=True, SERVER_NAME="localhost")
    sign_in(victim, "zamir")
    return ["signed in by a foreign form"] * is_in(victim)


def replayed_passkey(passkey):
    """What the passkey signed once is sent again from elsewhere."""
    mine = browser()
    assertion = passkey.get(passkey_options(mine))
    sign_in_by_passkey(mine, assertion)
    assert is_in(mine)
    reached = []
    for thief in (mine, browser()):
        thief.post("/ky/account/sign-out/")
        passkey_options(thief)
        sign_in_by_passkey(thief, assertion)
        reached += ["signed in by a replayed passkey"] * is_in(thief)
    return reached


def passkey_of_other_origin(passkey):
    """A look-alike site passes on what the passkey signed for it."""
    passkey.origin = "https://ashar.example.org"
    thief = browser()
    sign_in_by_passkey(thief, passkey.get(passkey_options(thief)))
    return ["signed in for another origin"] * is_in(thief)


def replayed_code():
    """Somebody who looked over the shoulder types the same code."""
    mine = browser()
    sign_in(mine, "aigul")
    secret = add_codes(mine)
    code = code_of(secret, 1)
    first, second = browser(), browser()
    for client in (first, second):
        sign_in(client, "aigul")
        client.post(f"{OWN}second-step/", {"code": code})
    assert is_in(first)
    return ["one code opened twice"] * is_in(second)


def password_alone():
    """The password is known, the telephone is not."""
    mine = browser()
    sign_in(mine, "aigul")
    add_codes(mine)
    thief = browser()
    sign_in(thief, "aigul")
    reached = ["the password alone opens the desk"] * is_in(thief)
    for number in range(12):
        thief.post(f"{OWN}second-step/", {"code": f"{number:06}"})
    return reached + ["codes may be guessed"] * is_in(thief)


def test_p38_a_preset_session_number_is_replaced(world):
    assert preset_session() == []


def test_p38_notices_when_the_session_number_stays(world, monkeypatch):
    def keep_number(self, request, user):
        request.session.cycle_key = lambda: None
        user.backend = "django.contrib.auth.backends.ModelBackend"
        plain_login(request, user)
        request.session[keeper.MARK] = keeper.new_mark(user, is_shared=False)

    monkeypatch.setattr("ashar.entrance.views.adapters.AccountAdapter.login", keep_number)
    assert preset_session()


def test_p38_another_site_signs_nobody_in(world):
    assert forged_form() == []


def test_p38_notices_when_forms_of_other_sites_are_taken(world, monkeypatch):
    blind = "django.middleware.csrf.CsrfViewMiddleware.process_view"
    monkeypatch.setattr(blind, lambda *_arguments: None)
    assert forged_form()


def test_p38_a_passkey_signs_once(passkey):
    assert replayed_passkey(passkey) == []


def test_p38_notices_when_a_challenge_is_used_twice(passkey, monkeypatch):
    kept = {}

    def first_state(real=auth.get_state):
        return kept.setdefault("state", real())

    monkeypatch.setattr(auth, "get_state", first_state)
    assert replayed_passkey(passkey)


def test_p38_a_passkey_is_bound_to_our_address(passkey):
    assert passkey_of_other_origin(passkey) == []


def test_p38_notices_when_any_origin_is_taken(passkey, settings):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    assert passkey_of_other_origin(passkey)


def test_p38_a_code_opens_once(world):
    assert replayed_code() == []


def test_p38_notices_when_a_code_opens_twice(world, monkeypatch):
    monkeypatch.setattr("ashar.entrance.actions.accounts.use_code", lambda *_: True)
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.TOTP._mark_code_used", lambda *_: True)
    assert replayed_code()


def test_p38_the_password_alone_is_not_enough(world):
    assert password_alone() == []


def test_p38_notices_when_the_second_step_is_left_out(world, monkeypatch):
    monkeypatch.setattr("allauth.mfa.stages.AuthenticateStage._should_handle", lambda *_: False)
    assert password_alone()


def test_a_passkey_opens_the_door_without_a_password(passkey):
    client = browser()
    answer = sign_in_by_passkey(client, passkey.get(passkey_options(client)))
    assert answer.status_code == 302
    assert is_in(client)


def test_a_passkey_serves_as_the_second_step(passkey):
    client = browser()
    sign_in(client, "aigul")
    assert not is_in(client)
    asked = options(client.get(f"{OWN}second-step/"))
    client.post(f"{OWN}second-step/", {"credential": json.dumps(passkey.get(asked))})
    assert is_in(client)
