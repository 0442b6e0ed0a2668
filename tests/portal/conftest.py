"""The archive, entered as `ashar load_archive` enters it."""

from __future__ import annotations

import pytest

from ashar.desk.actions.archive import load_archive
from tests.portal.archive import enter_places


@pytest.fixture
def archive(db):
    enter_places()
    return load_archive()
