"""Command: enter the tables of places."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ashar.places.actions import BadTable, load_places


class Command(BaseCommand):
    help = "Enter territories, settlements and successions; repeating it changes only what differs."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--folder", type=Path, default=Path(settings.BASE_DIR) / "data" / "places"
        )
        parser.add_argument(
            "--without-demonstration",
            action="store_true",
            help="leave out the fictitious aimak of the demonstration",
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        began = time.perf_counter()
        try:
            loaded = load_places(
                options["folder"], with_demonstration=not options["without_demonstration"]
            )
        except (BadTable, OSError) as fault:
            raise CommandError(f"Places were not entered: {fault}") from fault
        seconds = time.perf_counter() - began
        self.stdout.write(
            f"Places: {loaded.created} entered, {loaded.updated} changed, "
            f"{loaded.unchanged} as before, {loaded.successions} successions ({seconds:.1f} s)"
        )
