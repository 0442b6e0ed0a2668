"""The application server, ready for a crowd on a small machine, with the clock beside it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from ashar.server.patience import RECEIVING
from ashar.server.processes import PARENT, say_running

STOP_SECONDS = 10


class Command(BaseCommand):
    help = "Starts the application on one process with eight threads, and the clock beside it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=int(os.environ.get("PORT") or 8000))
        parser.add_argument("--processes", type=int, default=1, help="more than one on PostgreSQL")
        parser.add_argument("--no-clock", action="store_true", help="`ashar work` runs elsewhere")

    def handle(
        self, *, host: str, port: int, processes: int, no_clock: bool, **_options: object
    ) -> None:
        if processes > 1 and connection.vendor == "sqlite":
            raise CommandError("SQLite is served by one process: leave --processes out.")
        self.check(databases=["default"])  # unsafe storage is refused here, not after a power cut
        _ask_for_port(host, port)
        connection.close()
        os.environ[PARENT] = str(os.getpid())
        say_running()
        self.stdout.write(f"Ashar: http://{host}:{port}/   (Ctrl-C stops it)", ending="\n")
        self.stdout.flush()
        server = Granian(
            "config.wsgi:application",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=processes,
            blocking_threads=RECEIVING,
            log_level=LogLevels.error,
            respawn_failed_workers=True,
            workers_kill_timeout=STOP_SECONDS,
        )
        with _clock(wanted=not no_clock):
            server.serve()
        self.stdout.write("Ashar has stopped.")


def _ask_for_port(host: str, port: int) -> None:
    """Refuse in plain words when somebody else listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as fault:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({fault.strerror}). "
                f"Stop what listens there or choose another: make run PORT={port + 1}"
            ) from fault


@contextmanager
def _clock(*, wanted: bool) -> Iterator[None]:
    """Run `ashar work` beside the server and take it down with it."""
    if not wanted:
        yield
        return
    command = [sys.executable, "-m", "django", "work"]
    # A session of its own: Ctrl-C reaches the server first, which then ends the clock.
    worker = subprocess.Popen(command, start_new_session=True)  # noqa: S603 - a fixed command
    try:
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            worker.kill()
