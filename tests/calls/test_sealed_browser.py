"""An NGO seals its proposal in a real browser: what leaves it, what stays, what it is told."""

from __future__ import annotations

import re

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from ashar.calls.core import unpack_draft
from ashar.seals.core import decrypt
from ashar.seals.models import Envelope, SealedDraft
from tests.calls import contest, sealed
from tests.people import build_world

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("_no_papers"),
]
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CODE = re.compile(r"AGE-SECRET-KEY-1[A-Z0-9]{58}")


@pytest.fixture
def world(transactional_db):
    return build_world()


@pytest.fixture
def found(world):
    return sealed.sealed_contest(world)


@pytest.fixture
def sit_down(browser, live_server, world):
    """Somebody opens a browser of her own, signed in, at phone width."""
    opened = []

    def come(who, **options):
        context = browser.new_context(
            viewport={"width": 360, "height": 800}, base_url=live_server.url, **options
        )
        context.set_default_timeout(8_000)
        client = sealed.signed_in(world, who)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        name = settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": session, "url": live_server.url}])
        opened.append(context)
        page = context.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    yield come
    for context in opened:
        context.close()


def address(name, *parts):
    with translation.override("ky"):
        return reverse(f"calls:{name}", args=parts)


def fill(page, typed):
    """Type a whole proposal."""
    for name in ("title", "summary", "method", "experience", "sustainability"):
        page.fill(f"#id_{name}", typed[name])
    for section in ("results", "activities", "team", "budget"):
        for number, row in enumerate(typed[section]):
            for column, value in row.items():
                field = f"#id_{section}-{number}-{column}"
                if column == "source":
                    page.select_option(field, value)
                else:
                    page.fill(field, value)


def wait_saved(page):
    page.locator("#saved").filter(has_text=re.compile(r"\d\d:\d\d")).wait_for(state="attached")


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_p7_an_ngo_seals_leaves_comes_back_and_hands_in(world, found, sit_down, tmp_path):
    proposal = sealed.started(world, found)
    ref = proposal.case.ref
    page = sit_down("chinara")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    page.goto(address("edit_proposal", ref))
    fill(page, contest.TYPED)
    wait_saved(page)
    code = CODE.search(page.locator("#the-code").text_content())[0]
    page.locator("#papers-to-seal summary").click()
    page.fill("#paper-title", "Күбөлүк")
    page.set_input_files(
        "#paper-file", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )
    page.locator("[data-attach]").click()
    page.locator("#papers-to-seal li", has_text="Күбөлүк.pdf").wait_for()
    wait_saved(page)
    assert fits(page)
    page.screenshot(path=tmp_path / "write.png", full_page=True)
    # Another page of the same browser: she closed the first one and came back.
    context = page.context
    page.close()
    page = context.new_page()
    page.on("request", lambda request: sent.append(request.post_data_buffer or b""))
    page.goto(address("edit_proposal", ref))
    page.locator("#write").wait_for()
    assert page.input_value("#id_title") == contest.TYPED["title"]
    assert page.input_value("#id_budget-0-rate") == contest.TYPED["budget"][0]["rate"]
    assert "300\xa0005,00" in page.locator("#totals").inner_text()
    page.locator("#to-hand-in").click()
    page.locator("#seal:enabled").wait_for()
    assert contest.TYPED["title"] in page.locator("#to-seal").inner_text()
    page.screenshot(path=tmp_path / "hand_in.png", full_page=True)
    page.locator("#seal").click()
    page.wait_for_url("**/receipts/1/")
    page.locator("#the-code").filter(has_text=code).wait_for()
    envelope = Envelope.objects.get(case=proposal.case)
    shown = page.locator("main").inner_text()
    for fact in (f"{ref}/1", envelope.sha256, envelope.recipient, "Бурул"):
        assert fact in shown
    assert fits(page)
    page.screenshot(path=tmp_path / "receipt.png", full_page=True)
    proposal.case.refresh_from_db()
    assert proposal.case.stage == "submitted"
    # Nothing readable and no code left the browser.
    everything = b"\0".join(sent)
    for secret in (contest.TYPED["title"].encode(), b"30 000,50", code.encode(), PDF[:20]):
        assert secret not in everything
    draft = unpack_draft(decrypt(bytes(SealedDraft.objects.get().ciphertext), code))
    assert draft.typed["title"] == contest.TYPED["title"]
    assert [paper["name"] for paper in draft.papers] == ["Күбөлүк.pdf"]
    assert page.context.pages[-1] is page
