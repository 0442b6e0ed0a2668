"""The cast, and papers left out where they would only cost time."""

from __future__ import annotations

import pytest

from ashar.cases import effects
from tests.people import build_world


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def _no_papers(monkeypatch):
    monkeypatch.setattr(effects.documents, "make_paper", lambda *_a, **_k: [])
