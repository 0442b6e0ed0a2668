"""The door in a real browser at 360 pixels: a passkey of the browser's own, no forbidden script.

ASHAR_PICTURES=FOLDER keeps a picture of every page.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core.cache import cache

from ashar.desk.core import PASSWORD
from ashar.parties.models import Account
from tests.entrance.door import code_of
from tests.journeys.look import Look
from tests.people import build_world

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PICTURES = os.environ.get("ASHAR_PICTURES", "")


class Person:
    """Somebody at a narrow screen who looks at every page."""

    def __init__(self, browser, address):
        self.context = browser.new_context(viewport={"width": 360, "height": 780})
        self.page, self.address, self.count = self.context.new_page(), address, 0
        self.look = Look(self.page, "ky")

    def open(self, path, name, status=200):
        self.page.goto(f"{self.address}/ky{path}")
        self.see(name, status)

    def see(self, name, status=200):
        self.look.at_page(status)
        assert self.look.english == {}, f"English at {self.page.url}"
        self.count += 1
        if PICTURES:
            where = Path(PICTURES) / f"{self.count:02}-{name}.png"
            self.page.screenshot(path=str(where), full_page=True)

    def press(self, selector, name, status=200):
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.see(name, status)

    def sign_in(self, name, password, shown, status=200):
        self.open("/account/sign-in/", "sign-in")
        self.page.fill("[name=username]", name)
        self.page.fill("[name=password]", password)
        self.press("#main form:not([data-passkey]) button", shown, status)


@pytest.fixture
def person(live_server, browser):
    build_world()
    cache.clear()
    somebody = Person(browser, live_server.url.replace("127.0.0.1", "localhost"))
    yield somebody
    somebody.context.close()


@pytest.fixture
def device(person):
    """The telephone of the person, as Chromium plays it."""
    session = person.context.new_cdp_session(person.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    return session


def test_a_day_at_the_door(person, device, settings):
    settings.ASHAR_DEMONSTRATION = False
    settings.ASHAR_SECOND_FACTOR = settings.ASHAR_SIGN_IN_ANEW = True
    person.sign_in("aigul", PASSWORD, "second-step-is-owed")
    person.open("/account/codes/add/", "codes")
    person.page.locator("summary").first.click()
    secret = person.page.locator("details p").nth(1).inner_text().strip()
    person.page.fill("[name=code]", code_of(secret))
    person.press("#main form button", "printed-codes")
    person.open("/account/passkeys/add/", "add-passkey")
    person.press("form[data-passkey] button", "passkey-added")
    person.open("/account/password/", "password")
    person.open("/account/", "own")
    person.press(".ashar-places form button", "signed-out")
    person.open("/account/sign-in/", "sign-in-again")
    person.press("form[data-passkey] button", "in-by-passkey")
    assert person.page.url.endswith("/ky/desk/")
    person.press(".ashar-places form button", "out")
    person.sign_in("aigul", PASSWORD, "second-step")
    person.press("form[data-passkey] button", "in-by-both")
    assert person.page.url.endswith("/ky/desk/")
    person.open("/account/anew/", "anew")
    person.open("/account/anew/passkey/", "anew-passkey")
    person.open("/account/anew/code/", "anew-code")
    person.open("/account/printed-codes/new/", "new-codes")
    person.open("/account/codes/remove/", "no-codes")


def test_the_closed_door(person):
    for number in range(5):
        status = 200 if number < 4 else 429
        person.sign_in("aigul", "wrong", "closed" if status == 429 else "wrong", status)


def test_the_administrator(person, settings):
    Account.objects.filter(username="gulnara").update(is_staff=True)
    person.sign_in("gulnara", PASSWORD, "desk")
    person.open("/account/people/", "people")
    person.open("/account/people/new/", "new-account")
    person.page.fill("[name=name]", "Токтобек Асанов")
    person.page.fill("[name=username]", "toktobek")
    person.press("#main form button", "first-password")
    password = person.page.locator("strong").nth(2).inner_text()
    row = Account.objects.get(username="toktobek").pk
    person.open(f"/account/people/{row}/", "account")
    person.press(".ashar-places form button", "out")
    person.sign_in("toktobek", password, "must-change")
    assert person.page.url.endswith("/account/password/")


def test_an_inline_script_is_refused(person):
    """The planted fault of the strict policy: what slipped into a page does not run."""
    person.page.goto(f"{person.address}/ky/account/sign-in/")
    person.page.evaluate(
        "const one = document.createElement('script'); one.textContent = 'window.slipped = 1';"
        "document.body.append(one);"
    )
    assert person.page.evaluate("window.slipped") is None
    assert any("Content Security Policy" in told for told in person.look.complaints)
