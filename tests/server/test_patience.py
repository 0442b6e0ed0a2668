"""Requests are received whole before the application works on them."""

from __future__ import annotations

import io
import threading

import pytest

from ashar.server import patience
from ashar.server.patience import Patient


def echo(environ, start_response):
    """An application that says what it received, and in which thread."""
    start_response("200 OK", [])
    yield environ["wsgi.input"].read()
    yield threading.current_thread().name.encode()


def ask(application, body=b"", **environ):
    said = []
    environ = {"wsgi.input": io.BytesIO(body), "CONTENT_LENGTH": str(len(body)), **environ}
    answer = b"".join(application(environ, lambda status, _headers: said.append(status)))
    return said[0], answer


def test_the_body_arrives_whole_in_a_thread_of_the_application():
    status, answer = ask(Patient(echo, largest=1_000_000), b"x" * 200_000)
    assert status == "200 OK"
    assert answer.startswith(b"x" * 200_000 + b"ashar_")


def test_a_body_of_unknown_length_is_received_to_its_end():
    _status, answer = ask(
        Patient(echo, largest=100), b"abc", CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked"
    )
    assert answer.startswith(b"abcashar_")


@pytest.mark.parametrize(
    "environ",
    [{}, {"CONTENT_LENGTH": "", "HTTP_TRANSFER_ENCODING": "chunked"}, {"CONTENT_LENGTH": "9" * 40}],
)
def test_too_much_is_refused(environ):
    assert ask(Patient(echo, largest=10), b"x" * 11, **environ)[0].startswith("413")


def test_nonsense_for_a_length_is_no_length():
    assert ask(Patient(echo, largest=10), b"", CONTENT_LENGTH="-5")[0] == "200 OK"


def test_too_much_at_once_waits_its_turn(monkeypatch):
    monkeypatch.setattr(patience, "LARGEST_TOGETHER", 5)
    front = Patient(echo, largest=100)
    assert ask(front, b"x" * 6)[0].startswith("503")
    assert ask(front, b"x" * 5)[0] == "200 OK"
    assert ask(front, b"x" * 5)[0] == "200 OK"  # the room was given back


def test_what_the_application_opened_is_put_away_in_its_own_thread():
    closed = []

    class Answer(list):
        def close(self):
            closed.append(threading.current_thread().name)

    def application(_environ, start_response):
        start_response("200 OK", [])
        return Answer([b"x"])

    ask(Patient(application, largest=10))
    assert closed[0].startswith("ashar_")


def test_a_fault_of_the_application_is_the_callers_to_see():
    def broken(_environ, _start_response):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        ask(Patient(broken, largest=10))
