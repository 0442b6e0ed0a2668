"""The door's own stage: the cast, and no memory of earlier tries."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.people import build_world


@pytest.fixture(autouse=True)
def _no_memory():
    cache.clear()


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def real_work(settings):
    """An installation at work: the second step is demanded, weighty steps ask again."""
    settings.ASHAR_DEMONSTRATION = False
    settings.ASHAR_SECOND_FACTOR = True
    settings.ASHAR_SIGN_IN_ANEW = True
