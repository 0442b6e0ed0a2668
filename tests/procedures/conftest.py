"""The worked example, its guards and a library of test law."""

from __future__ import annotations

import pytest

from ashar.procedures.library import Library
from tests.procedures.example import LAW, made_registry


@pytest.fixture
def registry():
    return made_registry()


@pytest.fixture
def library():
    return Library(LAW)


@pytest.fixture
def procedure(library):
    return library.procedure("municipal_social_order", "2022-11-25")


@pytest.fixture
def track(procedure):
    return procedure.tracks["call"]
