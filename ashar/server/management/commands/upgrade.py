"""`ashar upgrade`: back-up, check, migrate, check, or back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from ashar.server.upgrading import UpgradeFailed, upgrade


class Command(BaseCommand):
    help = "Brings the database to this version: back-up, check, migrate, check; or back."
    requires_system_checks: list[str] = []  # they are run before and after, with a way back

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--back", type=Path, help="the back-up to which to go back")
        parser.add_argument("--identity", type=Path, help="the file of the key to the back-up")
        parser.add_argument("--yes", action="store_true", help="do not ask before going back")
        parser.add_argument(
            "--without-backup", action="store_true", help="somebody else just took one"
        )

    def handle(
        self, *, back: Path | None, identity: Path | None, yes: bool, **options: Any
    ) -> None:
        if back is not None:
            call_command("restore", back, identity=identity, replace=True, yes=yes)
            return
        try:
            done = upgrade(self.stdout.write, with_backup=not options["without_backup"])
        except UpgradeFailed as failed:
            raise CommandError(str(failed)) from failed
        if not done.changes:
            self.stdout.write("The database belongs to this version already.")
            return
        way = f" The way back: ashar upgrade --back {done.backup.file}" if done.backup else ""
        self.stdout.write(f"Done, {len(done.changes)} steps.{way}")
