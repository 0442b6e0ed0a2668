"""Contests at every stage, built once for all plays of a module."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test import override_settings
from django.utils.translation import override

from ashar.cases import effects
from tests.people import build_world
from tests.trust.play import Play
from tests.trust.stages import REAL_NOW, STAGES, Clock, build


class Hall:
    """The world, its clock and one contest at each stage."""

    def __init__(self, stages=STAGES):
        self.clock = Clock(REAL_NOW() - timedelta(days=90))
        with self.clock.running():
            self.world = build_world()
            self.calls = build(self.world, self.clock, stages)
        self.moment = self.clock.moment

    def enter(self, stage):
        """Begin a play at the stage; returns it and how to undo it."""
        self.clock.moment = self.moment
        mark = transaction.savepoint()
        return Play(self.world, self.clock, self.calls[stage]), lambda: self._undo(mark)

    def _undo(self, mark):
        transaction.savepoint_rollback(mark)
        transaction.savepoint_commit(mark)
        connection.run_on_commit.clear()


@pytest.fixture(scope="module")
def hall(request, django_db_setup, django_db_blocker):
    """The contests that the module needs, made once and forgotten after it."""
    quick = override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"])
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, override("ky"), quick:
        patch.setattr(effects.documents, "make_paper", lambda *_a, **_k: [])
        with transaction.atomic():
            yield Hall(getattr(request.module, "NEEDED", STAGES))
            transaction.set_rollback(True)


@pytest.fixture
def play(hall):
    """Begin plays, each undone when the test ends."""
    undo = []

    def begin(stage):
        found, back = hall.enter(stage)
        undo.append(back)
        return found

    yield begin
    for back in reversed(undo):
        back()
