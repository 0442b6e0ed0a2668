"""A log tells where it failed and keeps the values to itself."""

from __future__ import annotations

import sys

from ashar.server.logs import QuietFormatter


def _written(text):
    try:
        raise ValueError(text)
    except ValueError:
        return QuietFormatter().formatException(sys.exc_info())


def test_the_text_of_an_error_is_withheld():
    written = _written("PIN 12345678901234")
    assert "12345678901234" not in written
    assert written.endswith("ValueError (text withheld)")
    assert "test_logs.py" in written
