"""A journal with some history: cases opened and moved, two checkpoints on the way."""

from __future__ import annotations

import pytest

from ashar.journal.actions import publish_checkpoint
from tests.journal.history import write_history


@pytest.fixture
def _own_checkpoints(settings, tmp_path):
    settings.CHECKPOINT_DIR = tmp_path / "checkpoints"
    settings.KEYS_DIR = tmp_path / "keys"


@pytest.fixture
def history(db, _own_checkpoints):
    """Some forty entries, two checkpoints on the way."""
    world = write_history(12)
    publish_checkpoint("deadline")
    write_history(12, world)
    publish_checkpoint("award")
    write_history(12, world)
    return world
