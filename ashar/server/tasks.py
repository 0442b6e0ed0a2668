"""What happens without anybody asking: deadlines pass, letters leave."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import close_old_connections
from django.utils.module_loading import import_string

logger = logging.getLogger(__name__)

# Each is a function without arguments that returns how many things it moved.
TASKS = (
    "ashar.cases.actions.tick",
    "ashar.notices.actions.remind",
    "ashar.agreements.actions.remind_of_agreed_days",
    "ashar.notices.actions.send_due",
    "ashar.journal.actions.publish_when_due",
    "ashar.journal.actions.witnesses.ask_witnesses",
    "ashar.server.once.sweep",
    "ashar.server.backups.schedule.take_due",
    "ashar.server.backups.schedule.read_again",
    "ashar.server.health.beat",
)


def run_all(names: tuple[str, ...] = TASKS) -> int:
    """Run every task once and return how many things were moved; one failure stops no other."""
    moved = 0
    for name in names:
        close_old_connections()
        try:
            task: Callable[[], int] = import_string(name)
            moved += task()
        except Exception:
            logger.exception("The task %s failed; it will be tried again", name)
    close_old_connections()
    return moved
