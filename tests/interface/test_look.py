"""The style page in a real browser: no accessibility fault, no sideways scroll, no JavaScript."""

from __future__ import annotations

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
# Looked at: dark ink on white; the checker cannot tell what lies behind text of an SVG.
LOOKED_AT = ("<text", "<tspan")


@pytest.fixture
def address(live_server, settings):
    settings.DEBUG = True
    return f"{live_server.url}/%s/style/"


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_nothing_scrolls_sideways(browser, address, language):
    page = browser.new_page()
    for width in (320, 360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address % language)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_no_accessibility_fault(browser, address):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(address % "ky")
    found = [axe.run(page).response]
    page.locator("main form button.govuk-button:not([name])").first.click()
    assert page.locator(".govuk-error-summary a").count() > 5
    found.append(axe.run(page).response)
    for response in found:
        assert [fault["id"] for fault in response["violations"]] == []
        unseen = [
            node["html"]
            for doubt in response["incomplete"]
            for node in doubt["nodes"]
            if not node["html"].startswith(LOOKED_AT)
        ]
        assert unseen == []
    page.close()


def test_rows_are_added_without_javascript(browser, address):
    page = browser.new_page(java_script_enabled=False)
    page.goto(address % "ky")
    page.fill("#id_lines-0-name", "Насос")
    page.click("button[name=lines-add_row]")
    assert page.input_value("#id_lines-0-name") == "Насос"
    assert page.locator(".ashar-row").count() == 6
    assert page.locator(".govuk-error-summary").count() == 0
    page.close()


def test_fingers_can_hit_everything(browser, address):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(address % "ky")
    small = page.evaluate(
        """[...document.querySelectorAll(`button:not(.ashar-first-button), .govuk-input:not([type=hidden]),
        .govuk-select, .ashar-header a`)].filter(e => e.getBoundingClientRect().height < 44)
        .map(e => e.outerHTML.slice(0, 80))"""
    )
    assert small == []
    page.close()
