"""Processes that belong together end together, even when one was killed."""

from __future__ import annotations

import os
import threading
import time

PARENT = "ASHAR_PARENT_PROCESS"


def is_orphan() -> bool:
    """Whether the server that started this process is gone."""
    parent = os.environ.get(PARENT)
    return bool(parent) and os.getppid() != int(parent or 0)


def end_with_parent() -> None:
    """Watch the server from its worker; an orphan would keep the port for itself."""
    if os.environ.get(PARENT):
        threading.Thread(target=_watch, daemon=True).start()


def _watch() -> None:
    while not is_orphan():
        time.sleep(1)
    os._exit(1)
