"""The cast, and papers left out where they would only cost time."""

from __future__ import annotations

import pytest
from django.conf import settings

from ashar.cases import effects
from tests.calls import sealed
from tests.people import build_world


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def _no_papers(monkeypatch):
    monkeypatch.setattr(effects.documents, "make_paper", lambda *_a, **_k: [])


@pytest.fixture
def found(world):
    """A contest closed with keys."""
    return sealed.sealed_contest(world)


@pytest.fixture
def sit_down(browser, live_server, world):
    """Somebody opens a browser of her own, signed in, at phone width."""
    opened = []

    def come(who, **options):
        context = browser.new_context(
            viewport={"width": 360, "height": 800}, base_url=live_server.url, **options
        )
        context.set_default_timeout(15_000)
        client = sealed.signed_in(world, who)
        name = settings.SESSION_COOKIE_NAME
        session = client.cookies[name].value
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
