"""The server does not start where it must not."""

from __future__ import annotations

import socket

import pytest
from django.core.checks import Error
from django.core.management import CommandError, call_command
from django.core.management.base import SystemCheckError

from ashar.server import checks

pytestmark = pytest.mark.django_db


def test_a_taken_port_is_said_in_plain_words():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"make run PORT={port + 1}"):
            call_command("serve", port=port, no_clock=True)


def test_sqlite_is_served_by_one_process(monkeypatch):
    monkeypatch.setattr("ashar.server.management.commands.serve.connection.vendor", "sqlite")
    with pytest.raises(CommandError, match="one process"):
        call_command("serve", processes=2, no_clock=True)


def test_unsafe_storage_stops_the_start(monkeypatch):
    fault = Error("SQLite loses writes.", id="server.E001")
    monkeypatch.setattr(checks, "_sqlite_faults", lambda connection: [fault])
    monkeypatch.setattr(
        checks, "_connections", lambda databases, vendor: ["one"] * (vendor == "sqlite")
    )
    with pytest.raises(SystemCheckError, match=r"server\.E001"):
        call_command("serve", no_clock=True)
