"""The stage of the journey: the register of places, the cast, one browser and a movable clock."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from django.conf import settings
from django.core.management import call_command

from ashar.desk.actions.cast import enter_cast
from tests.journeys.clock import Clock
from tests.journeys.story import Story

TEXTS = Path(settings.BASE_DIR) / "data" / "demonstration" / "model-aimak.yaml"
DAYS_AGO = 300


@pytest.fixture(scope="session")
def texts():
    """The invented texts and figures of the demonstration."""
    return yaml.safe_load(TEXTS.read_text(encoding="utf-8"))


@pytest.fixture
def chromium_page(browser):
    """Make a page of a given width; what it opened is closed at the end."""
    opened = []

    def make(width):
        context = browser.new_context(viewport={"width": width, "height": 900})
        context.set_default_timeout(6_000)
        opened.append(context)
        return context.new_page()

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def tell(chromium_page, live_server, transactional_db):
    """Begin a story in a language at a width."""
    clock = Clock(DAYS_AGO)

    def begin(language, width):
        call_command("load_places", verbosity=0)
        return Story(chromium_page(width), live_server.url, language, clock, enter_cast())

    with clock.running():
        yield begin
