"""P38, the identity provider: its answers open only what they were asked for, once."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.models import SocialAccount
from django.http import HttpResponse

from ashar.desk.core import PASSWORD
from ashar.entrance.actions import accounts
from ashar.entrance.views import identity
from ashar.parties.models import Account
from tests.entrance.door import OWN, anew, browser, is_in, sign_in, written
from tests.entrance.provider import CLIENT, SECRET

pytestmark = pytest.mark.trust

CALLBACK = "http://localhost/identity/back/"
START = "/ky/account/identity/state/"


@pytest.fixture(scope="module")
def provider_address(tmp_path_factory):
    """The provider runs in a process of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    script = Path(__file__).with_name("provider.py")
    folder = tmp_path_factory.mktemp("provider")
    command = [sys.executable, str(script), str(port), str(folder), CALLBACK]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline().strip() == "ready"
        yield f"http://127.0.0.1:{port}"
        process.terminate()


@pytest.fixture
def provider(provider_address, settings):
    """Our settings name the provider."""
    settings.ASHAR_IDENTITY = {
        "address": provider_address,
        "client": CLIENT,
        "secret": SECRET,
        "name": "ЕСИ",
    }
    return provider_address


class Citizen:
    """Somebody with a browser in which she is signed in at the provider."""

    def __init__(self, provider, name):
        self.there = requests.Session()
        self.there.get(f"{provider}/enter/{name}/", timeout=10)
        self.here = browser()

    def ask(self, address=START):
        """Press the button; return the provider's question."""
        return self.here.post(address)["Location"]

    def answer(self, question):
        """Let the provider answer; return the address to which it sends the browser."""
        sent = self.there.get(question, allow_redirects=False, timeout=10)
        assert sent.status_code == 302, sent.text
        return sent.headers["Location"].removeprefix("http://localhost")

    def come(self, address=START):
        """All of it."""
        return self.here.get(self.answer(self.ask(address)))


@pytest.fixture
def linked(world, provider):
    """Asan has linked his identity to Aigul's account (he is she, for the test)."""
    asan = Citizen(provider, "asan")
    sign_in(asan.here, "aigul")
    asan.come(f"{START}?process=connect")
    assert SocialAccount.objects.get().user == world.aigul
    asan.here = browser()
    return asan


def test_an_identity_linked_while_signed_in_opens_the_door(linked, world):
    answer = linked.come()
    assert answer.status_code == 302, answer.content.decode()
    assert is_in(linked.here)
    assert written("signed_in")[-1].data == {"methods": ["socialaccount"]}
    assert written("identity_linked")[-1].subject == f"account:{world.aigul.pk}"


def test_only_the_number_of_the_citizen_is_kept(linked):
    kept = SocialAccount.objects.get()
    assert set(kept.extra_data) == {"id_token"}
    assert set(kept.extra_data["id_token"]) == {"sub"}


def test_the_question_bears_state_nonce_and_challenge(linked):
    asked = parse_qs(urlsplit(linked.ask(f"{START}?auth_params=nonce%3Dhis&scope=email")).query)
    assert {"state", "nonce", "code_challenge"} <= set(asked)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["scope"] == ["openid"]
    assert asked["nonce"] != ["his"]
    assert asked["response_mode"] == ["query"]
    assert asked["redirect_uri"] == [CALLBACK]


def by_mail(provider, world):
    """An identity with the same mail address as an account."""
    Account.objects.filter(pk=world.aigul.pk).update(email="asan@example.kg")
    asan = Citizen(provider, "asan")
    asan.come()
    return ["the mail address opened an account"] * is_in(asan.here)


def by_itself(provider):
    """An identity that nobody linked makes an account for itself."""
    before = Account.objects.count()
    uson = Citizen(provider, "uson")
    answer = uson.come()
    assert answer.status_code == 403
    return ["somebody made an account"] * (is_in(uson.here) or Account.objects.count() > before)


def replayed(linked):
    """The provider's answer is sent again, in the same and in another browser."""
    back = linked.answer(linked.ask())
    linked.here.get(back)
    assert is_in(linked.here)
    reached = []
    linked.here.post("/ky/account/sign-out/")
    for thief in (linked.here, browser()):
        thief.get(back)
        reached += ["a replayed answer signs in"] * is_in(thief)
    return reached


def foreign_answer(linked):
    """The attacker sends the victim to the attacker's own answer."""
    back = linked.answer(linked.ask())
    victim = browser()
    victim.get(back)
    return ["the victim is signed in as the attacker"] * is_in(victim)


def swapped_code(linked, provider):
    """A code that was given to another attempt is put into this one."""
    stolen = parse_qs(urlsplit(linked.answer(linked.ask())).query)["code"][0]
    thief = Citizen(provider, "uson")
    own = parse_qs(urlsplit(thief.ask()).query)["state"][0]
    thief.here.get("/identity/back/", {"code": stolen, "state": own})
    return ["a stolen code signs in"] * is_in(thief.here)


def wrong_nonce(linked):
    """The token was made for another question."""
    question = linked.ask()
    asked = parse_qs(urlsplit(question).query)["nonce"][0]
    linked.here.get(linked.answer(question.replace(asked, "of-another-question")))
    return ["a token for another question signs in"] * is_in(linked.here)


def test_p38_a_mail_address_opens_nothing(world, provider):
    assert by_mail(provider, world) == []


def test_p38_notices_when_mail_addresses_open(world, provider, settings, monkeypatch):
    adapter = "ashar.entrance.views.identity.IdentityAdapter"
    monkeypatch.setattr(f"{adapter}.can_authenticate_by_email", lambda *_: True)
    monkeypatch.setattr(
        f"{adapter}.authenticate_by_email", lambda *_: (world.aigul, "asan@example.kg")
    )
    assert by_mail(provider, world)


def test_p38_an_identity_makes_no_account(world, provider):
    assert by_itself(provider) == []


def test_p38_an_answer_is_taken_once(linked):
    assert replayed(linked) == []


def test_p38_an_answer_is_taken_only_where_it_was_asked_for(linked):
    assert foreign_answer(linked) == []


def test_p38_a_code_belongs_to_its_attempt(linked, provider):
    assert swapped_code(linked, provider) == []


def test_p38_a_token_belongs_to_its_question(linked):
    assert wrong_nonce(linked) == []


def test_p38_notices_when_the_nonce_is_not_compared(linked, monkeypatch):
    monkeypatch.setattr("ashar.entrance.views.identity.secrets.compare_digest", lambda *_: True)
    assert wrong_nonce(linked)


def test_p38_notices_when_any_state_is_taken(linked, monkeypatch):
    kept = {}

    def remember(_self, _request, _provider):
        return kept["state"], None

    real = statekit.stash_state

    def stash(request, *, provider_id, state, state_id=None):
        kept["state"] = state
        return real(request, provider_id=provider_id, state=state, state_id=state_id)

    monkeypatch.setattr(statekit, "stash_state", stash)
    monkeypatch.setattr(
        "allauth.socialaccount.providers.oauth2.views.OAuth2CallbackView._get_state", remember
    )
    assert foreign_answer(linked)


def test_p38_notices_when_an_answer_is_taken_twice(linked, monkeypatch):
    """Neither the state nor the code is used up, and nobody remembers the token."""
    adapter = "ashar.entrance.views.identity.StateIdentityAdapter.get_access_token_data"
    real, kept = identity.StateIdentityAdapter.get_access_token_data, {}

    def same_token(self, *arguments, **named):
        if "token" not in kept:
            kept["token"] = real(self, *arguments, **named)
        self.did_fetch_access_token = True
        return kept["token"]

    states = {}

    def same_state(_self, request, _provider):
        found = statekit.get_states(request).get(request.GET["state"])
        states.setdefault(request.GET["state"], found and found[0])
        state = states[request.GET["state"]]
        _self.adapter.nonce = state["nonce"]
        return state, None

    monkeypatch.setattr(adapter, same_token)
    monkeypatch.setattr("ashar.entrance.views.identity._Callback._get_state", same_state)
    monkeypatch.setattr("allauth.socialaccount.internal.jwtkit.verify_jti", lambda _data: None)
    assert replayed(linked)


def test_p38_notices_when_codes_are_bound_to_nothing(linked, provider, monkeypatch):
    monkeypatch.setattr(identity.StateIdentityProvider, "get_pkce_params", lambda _self: {})
    monkeypatch.setattr("ashar.entrance.views.identity.secrets.compare_digest", lambda *_: True)
    assert swapped_code(linked, provider)


def test_p38_notices_when_an_identity_makes_an_account(world, provider, monkeypatch):
    monkeypatch.setattr(identity.IdentityAdapter, "is_open_for_signup", lambda *_: True)
    monkeypatch.setattr(identity, "_unknown", lambda _request: HttpResponse(status=403))
    monkeypatch.setattr(
        identity.IdentityAdapter,
        "pre_social_login",
        lambda _self, _request, login: login.save(_request) if not login.is_existing else None,
    )
    uson = Citizen(provider, "uson")
    uson.come()
    assert is_in(uson.here)


def test_an_invitation_links_once(world, provider):
    word = accounts.invite_identity(world.chinara, by=world.aigul)
    address = f"{OWN}identity/invitation/{word}/"
    uson = Citizen(provider, "uson")
    assert "Чынара" in uson.here.get(address).content.decode()
    uson.come(address)
    assert is_in(uson.here)
    assert SocialAccount.objects.get().user == world.chinara
    assert browser().get(address).status_code == 404


def test_an_identity_linked_elsewhere_is_not_taken_over(linked, world, provider):
    asan = Citizen(provider, "asan")
    sign_in(asan.here, "zamir")
    asan.come(f"{START}?process=connect")
    assert SocialAccount.objects.get().user == world.aigul


def test_the_identity_is_unlinked(linked, world, settings):
    settings.ASHAR_SIGN_IN_ANEW = True
    client = browser()
    sign_in(client, "aigul", PASSWORD)
    anew(client)
    client.post(f"{OWN}identity/{SocialAccount.objects.get().pk}/remove/")
    assert not SocialAccount.objects.exists()
    assert written("identity_removed")


def test_who_decides_shows_a_second_step_after_the_provider_too(linked, real_work):
    linked.come()
    answer = linked.here.get("/ky/desk/")
    assert answer["Location"] == OWN


def test_who_cancels_at_the_provider_is_told(world, provider):
    asan = Citizen(provider, "asan")
    state = parse_qs(urlsplit(asan.ask()).query)["state"][0]
    answer = asan.here.get("/identity/back/", {"error": "access_denied", "state": state})
    assert answer["Location"].endswith("/identity/cancelled/")
    assert not is_in(asan.here)


def test_without_a_provider_there_is_no_such_page(world):
    assert browser().post(START).status_code == 404
    assert browser().get("/identity/back/").status_code == 404
