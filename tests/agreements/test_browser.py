"""Pages of agreements in a real browser: nothing scrolls sideways, phone first."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from ashar.cases.actions import make_move
from ashar.indicators.models import Indicator
from tests.agreements import deal
from tests.people import build_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SIZES = (("ky", 360), ("ru", 1280), ("en", 320))


def _addresses(world):
    agreement = deal.signed(world)
    report = deal.filled(world, agreement)
    ref, children = report.case.ref, Indicator.objects.filter(case=agreement.case).first()
    writing = [
        report.get_absolute_url(),
        f"/ky/agreements/report/{ref}/edit/",
        f"/ky/agreements/report/{ref}/people/{children.pk}/",
        f"/ky/agreements/report/{ref}/costs/add/",
    ]
    visit, finding = deal.visited(world, agreement)
    evaluation = deal.judged(world, agreement)
    monitoring = [
        visit.get_absolute_url(),
        f"/ky/agreements/visit/{visit.case.ref}/edit/",
        finding.get_absolute_url(),
        f"/ky/agreements/evaluation/{evaluation.case.ref}/edit/",
        agreement.tranches.first().get_absolute_url(),
    ]
    return agreement, report, evaluation, writing, monitoring


def _sign_in(page, live_server, user):
    client = Client()
    client.force_login(user)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "url": live_server.url}
    page.context.add_cookies([{**cookie, "value": client.cookies[cookie["name"]].value}])


def _look(page, live_server, addresses, name):
    shots = os.environ.get("ASHAR_SHOTS")
    for number, address in enumerate(addresses):
        for tongue, width in SIZES:
            page.set_viewport_size({"width": width, "height": 800})
            answer = page.goto(live_server.url + f"/{tongue}/" + address.split("/", 2)[2])
            assert answer.status == 200, address
            if shots:
                file = Path(shots) / f"{name}{number}-{tongue}.png"
                page.screenshot(path=str(file), full_page=True)
            over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert over <= 0, (address, tongue, width)


def test_no_page_scrolls_sideways(page, live_server):
    world = build_world()
    agreement, report, evaluation, writing, monitoring = _addresses(world)
    _sign_in(page, live_server, world.chinara)
    _look(page, live_server, writing, "contractor")
    make_move(report.case, "submit", by=world.chinara)
    make_move(report.case, "accept", by=world.aigul)
    for tranche in agreement.tranches.all():
        deal.pay(world, tranche)
    _sign_in(page, live_server, world.aigul)
    _look(page, live_server, [agreement.get_absolute_url(), *monitoring], "customer")
    make_move(
        evaluation.case, "continue_service", by=world.aigul, answers={"conclusion_text": "улантуу"}
    )
    page.context.clear_cookies()
    public = [agreement.get_absolute_url(), report.get_absolute_url()]
    _look(page, live_server, [*public, evaluation.get_absolute_url(), "/ky/agreements/"], "public")


def test_the_draft_fits_a_phone(page, live_server):
    world = build_world()
    agreement = deal.planned(world)
    _sign_in(page, live_server, world.aigul)
    names = ("", "edit/", "results/", "funding/", "reports/", "tranches/")
    addresses = [f"{agreement.get_absolute_url()}{name}" for name in names]
    _look(page, live_server, addresses, "draft")
