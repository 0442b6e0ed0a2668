"""The cast, and papers left out where they would only cost time."""

from __future__ import annotations

import pytest

from ashar.cases import effects
from tests.agreements import deal
from tests.people import build_world


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def _no_papers(monkeypatch):
    monkeypatch.setattr(effects.documents, "make_paper", lambda *_a, **_k: [])


@pytest.fixture
def draft(world, _no_papers):
    """The draft of an agreement with Chinara's organisation."""
    return deal.drafted(world)


@pytest.fixture
def running(world, _no_papers):
    """A signed agreement with two tranches and one report."""
    return deal.signed(world)
