"""A member who never heard of keys makes a seal, and members open, at 360 px in Kyrgyz."""

from __future__ import annotations

import os
from base64 import b64decode
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from ashar.calls import actions
from ashar.cases.actions import tick
from ashar.desk.core import COMMISSION
from ashar.seals.core import recipient_of, unlock
from ashar.seals.models import Envelope, MemberKey, Opening
from ashar.seals.queries import sealing_of
from tests.calls import contest
from tests.people import build_world
from tests.seals import envelopes

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_no_papers"),
]
WORDS = "ак кайың суу бойлой"
# What an applicant's page does, with the script itself.
ENVELOPE_IN_PAGE = """async ([header, holders, threshold]) => {
  const seal = window.asharSeal, code = await seal.newIdentity();
  const recipient = await seal.recipientOf(code);
  return {
    code, recipient,
    ciphertext: seal.toBase64(await seal.encrypt(seal.packEnvelope(header), recipient)),
    shares: await seal.splitFor(code, holders, threshold),
  };
}"""


@pytest.fixture
def world(transactional_db):
    return build_world()


@pytest.fixture
def sit_down(browser, live_server, world):
    """Somebody opens a browser of her own, signed in, at phone width."""
    opened = []

    def come(who):
        context = browser.new_context(
            viewport={"width": 360, "height": 800}, base_url=live_server.url
        )
        context.set_default_timeout(20_000)
        client = Client()
        client.force_login(world.people[who])
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        opened.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        return page

    yield come
    for context in opened:
        context.close()


def look(page, name):
    """Nothing scrolls sideways and nothing failed; a picture is kept when asked for."""
    assert page.faults == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    if folder := os.environ.get("ASHAR_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def address(name, *parts):
    with translation.override("ky"):
        return reverse(name, args=parts)


def make_seal(page):
    page.goto(address("seals:my_key"))
    page.fill("#make-words", "кыска")
    page.fill("#make-again", "кыска")
    page.click("#make")
    page.wait_for_selector("#error:not([hidden])")
    look(page, "my-seal-too-short")
    page.fill("#make-words", WORDS)
    page.fill("#make-again", WORDS)
    page.click("#make")
    page.wait_for_selector("#sheet:not([hidden])")
    look(page, "my-seal-sheet")
    return page.inner_text("#sheet-text").replace(" ", "")


def test_a_member_makes_a_seal_and_members_open(world, sit_down):
    call = contest.prepared(world)
    secrets = envelopes.with_seals(world, COMMISSION[1:4])
    page = sit_down("bakyt")
    page.goto(address("seals:my_key"))
    look(page, "my-seal-empty")
    sheet = make_seal(page)
    kept = MemberKey.objects.get(person=world.bakyt.person)
    assert recipient_of(sheet) == kept.recipient
    assert unlock(kept.locked, WORDS) == sheet
    page.goto(address("seals:my_key"))
    look(page, "my-seal-made")
    clerk = sit_down("aigul")
    clerk.goto(address("calls:call", call.case.ref))
    look(clerk, "who-has-a-seal")

    announced = timezone.now() + timedelta(days=40)
    contest.make_move(call.case, "announce", by=world.aigul, answers={"closes_at": announced})
    sealing = sealing_of(call.case)
    holders = [
        {"position": one.position, "recipient": one.key.recipient} for one in sealing.holders.all()
    ]
    assert (len(holders), sealing.threshold) == (4, 3)
    codes = []
    for who, body in (("chinara", "bulak"), ("jamila", "meerim")):
        account = world.people[who]
        proposal = actions.start_proposal(call, organisation=world.bodies[body], by=account)
        made = page.evaluate(
            ENVELOPE_IN_PAGE, [envelopes.header(proposal), holders, sealing.threshold]
        )
        data = envelopes.sealed_data(
            call,
            envelopes.header(proposal),
            made["code"],
            recipient=made["recipient"],
            ciphertext=b64decode(made["ciphertext"]),
            shares=made["shares"],
        )
        actions.hand_in_sealed(proposal, data, by=account)
        codes.append((proposal, made["code"]))
    tick(timezone.now() + timedelta(days=41))
    call.refresh_from_db()
    call.case.refresh_from_db()
    assert call.case.stage == "opening"

    envelopes.open_by(world, call, secrets, COMMISSION[1:3], list(Envelope.objects.all()))
    page.goto(address("desk:desk"))
    look(page, "desk-to-open")
    page.goto(address("calls:opening", call.case.ref))
    look(page, "opening-waits")
    page.fill("#words", "башка сөздөр эле")
    page.click("#open")
    page.wait_for_selector("#error:not([hidden])")
    look(page, "opening-wrong-words")
    page.fill("#words", WORDS)
    page.click("#open")
    page.wait_for_selector("#needs-script", state="detached")
    look(page, "opening-done")
    assert Opening.objects.filter(how="shares").count() == 2
    page.goto(address("seals:help"))
    look(page, "help")


def test_a_member_opens_with_the_sheet_and_an_applicant_with_the_code(world, sit_down):
    secrets = envelopes.with_seals(world)
    call = contest.announced(world)
    one = envelopes.handed_in(world, call)
    tick(timezone.now() + timedelta(days=41))
    call.case.refresh_from_db()
    page = sit_down("bakyt")
    page.goto(address("calls:opening", call.case.ref))
    page.click("summary")
    page.fill("#from-sheet", secrets["bakyt"].lower())
    page.click("#open")
    page.wait_for_selector("#needs-script", state="detached")
    look(page, "opening-part-done")
    applicant = sit_down("chinara")
    applicant.goto(address("calls:open_own", one.proposal.case.ref))
    applicant.fill("#code", secrets["bakyt"])
    applicant.click("main button[type=submit]")
    look(applicant, "open-own-wrong")
    applicant.fill("#code", one.code)
    applicant.click("main button[type=submit]")
    assert Opening.objects.get().how == "applicant"
    look(applicant, "open-own-done")
