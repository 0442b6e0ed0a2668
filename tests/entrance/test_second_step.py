"""Those who decide or pay show a second step; before what weighs everybody signs in anew."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as django_settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import override_settings

from ashar.entrance import checks
from ashar.entrance.access import decides, recently_signed_in, signed_in_anew
from ashar.entrance.access.secrets import unseal
from ashar.vault.core.cipher import Unreadable
from tests.entrance.authenticator import SoftwareAuthenticator
from tests.entrance.door import (
    DESK,
    OWN,
    add_codes,
    add_passkey,
    anew,
    browser,
    code_of,
    is_in,
    sign_in,
    written,
)
from tests.people import SINCE

DECIDING = {"aigul", "azamat", "head", "elmira", "farid"}


def test_who_decides_follows_from_the_mandates(world):
    assert {name for name, account in world.people.items() if decides(account)} == DECIDING
    world.zamir.is_staff = True
    assert decides(world.zamir)
    world.aigul.person.mandates.update(valid_to=SINCE)
    assert not decides(type(world.aigul).objects.get(pk=world.aigul.pk))


def came_in_by_password_alone(names):
    """Who of them opens the desk with a password alone."""
    found = []
    for name in sorted(names):
        client = browser()
        sign_in(client, name)
        found += [name] * is_in(client)
    return found


def test_p38_who_decides_is_led_to_the_second_step(world, real_work):
    assert came_in_by_password_alone(DECIDING) == []
    assert came_in_by_password_alone({"zamir", "chinara"}) == ["chinara", "zamir"]


def test_p38_notices_when_the_second_step_is_not_demanded(world, real_work, settings):
    settings.ASHAR_SECOND_FACTOR = False
    assert came_in_by_password_alone(DECIDING) == sorted(DECIDING)


def test_in_the_demonstration_it_is_offered(world):
    assert came_in_by_password_alone({"aigul"}) == ["aigul"]
    client = browser()
    sign_in(client, "aigul")
    assert client.get(f"{OWN}codes/add/").status_code == 200


def test_with_codes_the_work_goes_on(world, real_work):
    client = browser()
    sign_in(client, "aigul")
    secret = add_codes(client)
    page = client.get(f"{OWN}printed-codes/").content.decode()
    assert is_in(client)
    assert [entry.data["kind"] for entry in written("factor_added")] == ["codes"]
    fresh = browser()
    sign_in(fresh, "aigul")
    assert not is_in(fresh)
    fresh.post(f"{OWN}second-step/", {"code": code_of(secret, 1)})
    assert is_in(fresh)
    lost = browser()
    sign_in(lost, "aigul")
    code = page.split("<li>")[-1].split("</li>")[0]
    printed = [part.split("</li>")[0] for part in page.split("<li>") if part[:8].isdigit()]
    assert len(printed) == 10
    lost.post(f"{OWN}second-step/", {"code": printed[0] or code})
    assert is_in(lost)


def test_printed_codes_are_shown_once(world):
    client = browser()
    sign_in(client, "aigul")
    add_codes(client)
    first = client.get(f"{OWN}printed-codes/").content.decode()
    again = client.get(f"{OWN}printed-codes/").content.decode()
    assert "<li>" in first
    assert "****" not in again
    code = next(part[:8] for part in first.split("<li>") if part[:8].isdigit())
    assert code not in again


def test_the_last_step_of_who_needs_one_stays(world, real_work):
    client = browser()
    sign_in(client, "aigul")
    add_codes(client)
    client.post(f"{OWN}codes/remove/")
    assert Authenticator.objects.filter(type="totp").exists()
    add_passkey(client, SoftwareAuthenticator())
    client.post(f"{OWN}codes/remove/")
    assert not Authenticator.objects.filter(type="totp").exists()
    row = Authenticator.objects.get(type="webauthn").pk
    client.post(f"{OWN}passkeys/{row}/remove/")
    assert Authenticator.objects.filter(type="webauthn").exists()
    assert written("factor_removed")


def test_the_secret_of_the_telephone_is_sealed(world, settings, tmp_path):
    client = browser()
    sign_in(client, "aigul")
    secret = add_codes(client)
    kept = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in kept
    assert unseal(kept) == secret
    settings.KEYS_DIR = tmp_path / "others"
    with pytest.raises(Unreadable):
        unseal(kept)


def test_wrong_codes_are_stopped(world):
    client = browser()
    sign_in(client, "aigul")
    secret = add_codes(client)
    thief = browser()
    sign_in(thief, "aigul")
    for _number in range(6):
        thief.post(f"{OWN}second-step/", {"code": "000000"})
    thief.post(f"{OWN}second-step/", {"code": code_of(secret, 1)})
    assert not is_in(thief)
    cache.clear()  # five minutes later
    thief.post(f"{OWN}second-step/", {"code": code_of(secret, 1)})
    assert is_in(thief)


def recent(rf, client):
    request = rf.get("/")
    request.session, request.user = client.session, client.get(DESK).context["user"]
    return recently_signed_in(request)


def test_recently_is_five_minutes(world, rf, monkeypatch):
    client = browser()
    sign_in(client, "aigul")
    assert recent(rf, client)
    real = time.time()
    monkeypatch.setattr("ashar.entrance.access.time.time", lambda: real + 301)
    assert not recent(rf, client)


def test_a_page_that_weighs_asks_again_and_goes_on(world, rf, real_work):
    page = signed_in_anew(lambda _request: HttpResponse("done"))
    client = browser()
    sign_in(client, "zamir")
    request = rf.post("/ky/desk/?a=1", {"typed": "kept"})
    request.session, request.user = client.session, client.get(DESK).context["user"]
    assert page(request).content == b"done"
    request.session.pop("account_authentication_methods")
    answer = page(request)
    assert answer["Location"].startswith("/ky/account/anew/?next=%2Fky%2Fdesk%2F")
    with override_settings(ASHAR_SIGN_IN_ANEW=False):
        assert page(request).content == b"done"


def test_anew_needs_the_password(world):
    client = browser()
    sign_in(client, "aigul")
    assert anew(client, "wrong").status_code == 200
    assert anew(client).status_code == 302


def faults():
    return {one.id for one in checks.check_door(None)}


def test_p38_settings_that_open_the_door_stop_the_start(settings):
    settings.DEBUG = False
    assert not {one for one in faults() if ".E" in one}
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    assert "entrance.E001" in faults()
    settings.DEBUG = True
    assert "entrance.E001" not in faults()
    settings.MFA_TOTP_INSECURE_BYPASS_CODE = "000000"
    assert "entrance.E002" in faults()


def test_a_provider_named_in_part_stops_the_start(settings):
    settings.ASHAR_HTTPS = True
    settings.ASHAR_IDENTITY = {
        "address": "http://id.example",
        "client": "",
        "secret": "",
        "name": "ЕСИ",
    }
    assert {"entrance.E003", "entrance.E004"} <= faults()


def test_work_without_the_second_step_is_told(settings):
    settings.ASHAR_DEMONSTRATION = False
    settings.ASHAR_SECOND_FACTOR = settings.ASHAR_SIGN_IN_ANEW = False
    assert {"entrance.W001", "entrance.W002"} <= faults()
    assert django_settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN is False
