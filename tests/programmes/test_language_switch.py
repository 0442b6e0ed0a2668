"""Whoever changes the language in the middle of a form loses nothing typed."""

from __future__ import annotations

import pytest

from ashar.desk.core import PASSWORD
from tests.people import build_world

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_typed_text_stays_when_the_language_changes(live_server, page):
    build_world()
    page.goto(f"{live_server.url}/ky/account/sign-in/")
    page.fill("#id_username", "aigul")
    page.fill("#id_password", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda address: "sign-in" not in address)
    page.goto(f"{live_server.url}/ky/programmes/begin/")
    page.fill("[name=title_ky]", "Жаңы программа")
    page.fill("[name=year_from]", "2027")
    page.click(".ashar-languages a[hreflang=ru]")
    page.wait_for_url("**/ru/programmes/begin/")
    assert page.input_value("[name=title_ky]") == "Жаңы программа"
    assert page.input_value("[name=year_from]") == "2027"
    page.reload()
    assert page.input_value("[name=title_ky]") == ""
