"""Look after the kept files: none without a record, no record without its file."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError

from ashar.documents.actions import sweep_orphans
from ashar.documents.queries import documents_without_file


class Command(BaseCommand):
    """`ashar documents sweep`, `ashar documents check`."""

    help = "Takes away files that no record names (sweep); finds missing or changed ones (check)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Young files are spared: the work that made them may still be going on."""
        parser.add_argument("what", choices=("sweep", "check"))
        parser.add_argument("--minutes", type=int, default=60, help="spare files younger than this")

    def handle(self, *, what: str, minutes: int, **_options: object) -> None:
        """Sweep or check, and say what was found."""
        if what == "sweep":
            gone = sweep_orphans(timedelta(minutes=minutes))
            self.stdout.write(f"{len(gone)} files without a record were taken away.")
            return
        missing = documents_without_file()
        if missing:
            raise CommandError(
                f"{len(missing)} documents have no file or a changed one: {', '.join(missing)}. "
                "Restore them from a back-up (docs/operations.md)."
            )
        self.stdout.write("Every document has its file, unchanged.")
