"""The register as it is loaded in every installation."""

from __future__ import annotations

from pathlib import Path

import pytest

from ashar.places.actions import load_places
from ashar.places.models import Succession, Territory

TABLES = Path(__file__).resolve().parents[2] / "data" / "places"


@pytest.fixture(scope="module")
def _register(django_db_setup, django_db_blocker):
    """Enter the register once for a module, and leave nothing to the other rooms' tests."""
    with django_db_blocker.unblock():
        load_places(TABLES)
    yield
    with django_db_blocker.unblock():
        Succession.objects.all().delete()
        everything = Territory.objects.all()
        everything._raw_delete(everything.db)


@pytest.fixture
def register(_register, db):
    """The whole register; what a test changes is rolled back."""
