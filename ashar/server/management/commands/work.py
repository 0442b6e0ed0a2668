"""The clock and the postman: a process beside the server, any number of them."""

from __future__ import annotations

import signal
import threading
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from ashar.server import tasks
from ashar.server.processes import is_orphan, say_running


class Command(BaseCommand):
    help = "Moves expired deadlines and sends what waits, until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--every", type=float, default=15.0, help="seconds between two rounds")
        parser.add_argument("--once", action="store_true", help="one round, then stop")

    def handle(self, *, every: float, once: bool, **_options: object) -> None:
        if once:
            self.stdout.write(f"{tasks.run_all()} moved")
            return
        say_running()
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            tasks.run_all()
            waited = 0.0
            while waited < every and not stop.wait(min(1.0, every)):
                waited += 1.0
                if is_orphan():
                    return
