"""The public pages and the desk in a real browser: readable, narrow enough, without a script."""

from __future__ import annotations

import pytest

from ashar.desk.core import PASSWORD
from tests.people import build_world
from tests.portal.archive import COUNTRY, TOGUS_BULAK

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PUBLIC = (
    "/",
    f"/places/{TOGUS_BULAK}/",
    f"/places/{COUNTRY}/",
    "/search/?q=тогуз",
    "/law/",
    "/law/municipal_social_order/2022-11-25/",
    "/account/sign-in/",
)
WIDTHS = (320, 360, 1280)
# Looked at: dark ink on white; the checker cannot tell what lies behind text of an SVG.
LOOKED_AT = ("<text", "<tspan")


def faults(page):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    response = axe.run(page).response
    unseen = [
        node["html"]
        for doubt in response["incomplete"]
        for node in doubt["nodes"]
        if not node["html"].startswith(LOOKED_AT)
    ]
    return [fault["id"] for fault in response["violations"]] + unseen


def too_wide(page, address):
    wide = []
    for language in ("ky", "ru", "en"):
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(address % language)
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wide.append((language, width))
    return wide


def test_public_pages(live_server, browser, archive):
    context = browser.new_context(java_script_enabled=True)
    page = context.new_page()
    for path in PUBLIC:
        address = f"{live_server.url}/%s{path}"
        assert (path, too_wide(page, address)) == (path, [])
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(address % "ky")
        assert (path, faults(page)) == (path, [])
    context.close()


def test_from_the_start_page_to_a_place_without_a_script(live_server, browser, archive):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/ky/")
    page.fill("#q", "тогуз")
    page.click(".ashar-hero button")
    page.click(f"a[href='/ky/places/{TOGUS_BULAK}/']")
    assert page.locator(".ashar-need").count() == 1
    page.click(".ashar-step--agreement a")
    page.go_back()
    page.reload()
    assert page.locator(".ashar-step--agreement").count() == 1
    context.close()


def test_the_desk(live_server, browser):
    build_world()
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{live_server.url}/ky/account/sign-in/")
    page.fill("[name=username]", "aigul")
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    assert too_wide(page, f"{live_server.url}/%s/desk/") == []
    assert faults(page) == []
    context.close()
