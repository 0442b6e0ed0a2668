"""The whole way in Kyrgyz on a phone, by people who never heard of a key.

Three members make their seals, an NGO seals its proposal, closes the browser, comes back and
hands it in; after the closing moment the members open it, and the NGO checks its receipt.
"""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone, translation

from ashar.cases.actions import make_move, tick
from ashar.seals.queries import sealing_of
from tests.calls import contest, sealed
from tests.calls.test_sealed_browser import (
    CODE,
    address,
    checked,
    fill,
    fits,
    wait_saved,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_no_papers"),
]
MEMBERS = ("bakyt", "burul", "beksultan")
WORDS = "ак боз үйдө кымыз"
ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?: [a-z]{2,}){3,}")
# What no page says to a person who never heard of it.
FOREIGN = re.compile(r"\bключ|криптограф|шифр|\bхэш", re.IGNORECASE)


def looks_right(page):
    """The page is narrow enough and speaks plainly."""
    shown = page.locator("main").inner_text()
    assert fits(page), page.url
    assert not ENGLISH.search(shown), ENGLISH.search(shown)
    assert not FOREIGN.search(shown), FOREIGN.search(shown)


def make_seal(page):
    """A member makes his seal under secret words."""
    with translation.override("ky"):
        page.goto(reverse("seals:my_key"))
    page.locator("#make").wait_for()
    page.fill("#make-words", WORDS)
    page.fill("#make-again", WORDS)
    page.click("#make")
    page.locator("#sheet").wait_for(timeout=60_000)
    looks_right(page)


def open_proposals(page, call):
    """A member opens with the secret words."""
    page.goto(address("opening", call.case.ref))
    page.fill("#words", WORDS)
    with page.expect_navigation(timeout=60_000):
        page.click("#open")
    looks_right(page)


def announced_with_seals(world, sit_down):
    """The members make their seals, the customer announces; the members' browsers stay."""
    call = contest.prepared(world)
    members = {name: sit_down(name) for name in MEMBERS}
    for page in members.values():
        make_seal(page)
    closes_at = timezone.now() + timedelta(days=40)
    make_move(call.case, "announce", by=world.aigul, answers={"closes_at": closes_at})
    call.refresh_from_db()
    assert sealing_of(call.case).threshold == len(MEMBERS) - 1
    return call, members


def begin_and_leave(page, call, folder):
    """The NGO reads who can read its proposal, begins, closes the page in the middle."""
    page.goto(address("call", call.case.ref))
    looks_right(page)
    page.goto(address("take_part", call.case.ref))
    looks_right(page)
    page.screenshot(path=folder / "1-take-part.png", full_page=True)
    page.locator("main form button").click()
    page.locator("#write").wait_for()
    page.fill("#id_title", contest.TYPED["title"])
    wait_saved(page)
    looks_right(page)
    page.close()


def come_back_and_hand_in(page, folder):
    """Another day: the draft is there; it is finished and handed in. Returns number and code."""
    page.goto(address("proposals"))
    looks_right(page)
    page.locator('main tbody a[href*="/calls/proposals/"]').first.click()
    looks_right(page)
    page.screenshot(path=folder / "2-own.png", full_page=True)
    page.locator('a[href$="/edit/"]').first.click()
    page.locator("#write").wait_for()
    assert page.input_value("#id_title") == contest.TYPED["title"]
    fill(page, contest.TYPED)
    wait_saved(page)
    page.click("#to-hand-in")
    page.locator("#seal:enabled").wait_for()
    looks_right(page)
    page.click("#seal")
    page.wait_for_url("**/receipts/1/")
    page.locator("#the-code").filter(has_text=CODE).wait_for()
    looks_right(page)
    page.emulate_media(media="print")
    page.screenshot(path=folder / "3-receipt-printed.png", full_page=True)
    assert page.locator("#print").is_hidden()
    assert page.locator("#the-code").is_visible()
    page.emulate_media(media="screen")
    return page.url.rstrip("/").split("/")[-3], CODE.search(
        page.locator("#the-code").text_content()
    )[0]


def test_p7_p8_p9_from_the_seals_of_the_members_to_the_checked_receipt(world, sit_down, tmp_path):
    call, members = announced_with_seals(world, sit_down)
    page = sit_down("chinara")
    browser = page.context
    begin_and_leave(page, call, tmp_path)
    page = browser.new_page()
    ref, code = come_back_and_hand_in(page, tmp_path)
    page.goto(address("proposal", ref))
    looks_right(page)
    # After the closing moment one member alone opens nothing, two together do.
    sealed.closed(sealed.SealedContest(call, {}))
    page.goto(address("proposal", ref))
    looks_right(page)
    page.screenshot(path=tmp_path / "4-waiting.png", full_page=True)
    open_proposals(members["bakyt"], call)
    checked(page, ref, code, "not-opened-yet")
    open_proposals(members["burul"], call)
    checked(page, ref, code, "same", tmp_path)
    looks_right(page)
    tick()
    page.goto(address("proposal", ref))
    assert contest.TYPED["title"] in page.locator("h1").inner_text()
    page.goto(address("receipt", ref, 1))
    looks_right(page)
    assert contest.TYPED["summary"] in page.locator("main").inner_text()
