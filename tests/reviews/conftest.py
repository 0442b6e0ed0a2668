"""A case that two members judge."""

from __future__ import annotations

import pytest

from ashar.cases.actions import Opening, open_case
from tests.people import build_world


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def case(world):
    opening = Opening(
        procedure="municipal_social_order",
        track="proposal",
        territory=world.aimak,
        parties={"applicant": world.bodies["bulak"]},
    )
    return open_case(opening, by=world.chinara)
