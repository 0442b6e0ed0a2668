"""A worker notices that its server is gone."""

from __future__ import annotations

import os

import pytest

from ashar.server import processes


@pytest.mark.parametrize(
    ("parent", "alone"),
    [("", False), (str(os.getppid()), False), ("1999999999", True)],
)
def test_an_orphan_knows_it(monkeypatch, parent, alone):
    monkeypatch.setenv(processes.PARENT, parent)
    assert processes.is_orphan() is alone
