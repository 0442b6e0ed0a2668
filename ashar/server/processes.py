"""Processes that belong together end together, and know of each other."""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

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


def _lock_file() -> Path:
    return Path(settings.VAR_DIR) / "running.lock"


def say_running() -> None:
    """Let every other command know that the service runs; the kernel forgets it with the process.

    The handle stays open on purpose: children inherit it, so that an orphan counts as well.
    """
    handle = os.open(_lock_file(), os.O_CREAT | os.O_RDWR, 0o600)
    os.set_inheritable(handle, True)  # noqa: FBT003 - the name is the library's
    fcntl.flock(handle, fcntl.LOCK_SH)


@contextmanager
def alone() -> Iterator[bool]:
    """Say whether no service of this installation runs; none can start meanwhile."""
    handle = os.open(_lock_file(), os.O_CREAT | os.O_RDWR, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
    else:
        yield True
    finally:
        os.close(handle)
