"""`ashar load_archive`: past cases told by documents."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ashar.desk.actions.archive import FOLDER, load_archive
from ashar.places.models import Territory


class Command(BaseCommand):
    help = "Enter the archive as closed public cases; repeating it adds only what is missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", type=Path, default=FOLDER)

    def handle(self, *, folder: Path, **_options: Any) -> None:
        try:
            entered = load_archive(folder)
        except Territory.DoesNotExist as missing:
            message = f"Place {missing} is not in the register: run `ashar load_places` first."
            raise CommandError(message) from missing
        self.stdout.write(
            f"Archive: {entered.cases} cases with {entered.figures} figures entered, "
            f"{entered.known} cases there already"
        )
