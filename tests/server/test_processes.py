"""A worker notices that its server is gone."""

from __future__ import annotations

import os
import signal

import pytest

from ashar.server import processes


@pytest.mark.parametrize(
    ("parent", "alone"),
    [("", False), (str(os.getppid()), False), ("1999999999", True)],
)
def test_an_orphan_knows_it(monkeypatch, parent, alone):
    monkeypatch.setenv(processes.PARENT, parent)
    assert processes.is_orphan() is alone


def test_a_restore_knows_whether_the_service_runs(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    with processes.alone() as nobody_else:
        assert nobody_else
    child = os.fork()
    if child == 0:
        processes.say_running()
        os.kill(os.getpid(), signal.SIGSTOP)
        os._exit(0)
    os.waitpid(child, os.WUNTRACED)
    with processes.alone() as nobody_else:
        assert not nobody_else
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with processes.alone() as nobody_else:
        assert nobody_else
