"""A log tells where it failed and keeps the values to itself (P21)."""

from __future__ import annotations

import io
import json
import logging
import sys

import pytest

from ashar.server.logs import LineFormatter, QuietFormatter, known_only

CANARY = "12345678901234"


def _fault(text):
    try:
        raise ValueError(text)
    except ValueError:
        return sys.exc_info()


def _written(text):
    return QuietFormatter().formatException(_fault(text))


def test_the_text_of_an_error_is_withheld():
    written = _written(f"PIN {CANARY}")
    assert CANARY not in written
    assert written.endswith("ValueError (text withheld)")
    assert "test_logs.py" in written


@pytest.fixture
def lines(monkeypatch):
    """Let a logger write lines, and return what it wrote."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(LineFormatter())
    loggers = [logging.getLogger(name) for name in ("ashar", "ashar.access", "django", "tried")]
    before = [(one, one.level) for one in loggers]
    for one in loggers:
        one.addHandler(handler)
        one.setLevel(logging.INFO)
    yield out
    for one, level in before:
        one.removeHandler(handler)
        one.setLevel(level)


def canaries_after(lines, write):
    """Write with a value that must not be read; return the lines that hold it."""
    write()
    return [line for line in lines.getvalue().splitlines() if CANARY in line]


def everything_careless():
    logging.getLogger("ashar.tried").error(
        "failed", extra={"pin": CANARY, "args_of": [CANARY]}, exc_info=_fault(CANARY)
    )
    logging.getLogger("tried").warning("Refused: %s", CANARY)
    logging.getLogger("django.request").warning("%s: %s", "Not Found", f"/?pin={CANARY}")


def test_p21_no_value_reaches_a_line(lines):
    assert canaries_after(lines, everything_careless) == []
    said = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert said[0]["error"] == "ValueError"
    assert said[-1]["event"] == "Not Found"


def test_p21_notices_when_unknown_keys_pass(lines, monkeypatch):
    formatter = logging.getLogger("ashar").handlers[-1].formatter
    formatter.steps = tuple(step for step in formatter.steps if step is not known_only)
    monkeypatch.setattr("ashar.server.logs.KNOWN", frozenset({"pin"}))
    assert canaries_after(lines, everything_careless) != []


@pytest.mark.django_db
def test_the_line_of_a_request_has_no_query_no_case_and_a_number(client, lines, settings):
    settings.LOG_LINES = True
    answer = client.get(f"/ky/cases/K7M2-9QXDT/?pin={CANARY}", headers={"x-request-id": "a" * 16})
    line = next(line for line in lines.getvalue().splitlines() if "answered" in line)
    said = json.loads(line)
    assert (said["request_id"], answer["X-Request-ID"]) == ("a" * 16, "a" * 16)
    assert (CANARY in line, "K7M2" in line, "route" in said) == (False, False, True)


def test_a_number_with_signs_of_its_own_is_not_taken(client):
    answer = client.get("/health/live", headers={"x-request-id": "x y<script>"})
    assert len(answer["X-Request-ID"]) == 16
