"""`ashar restore FILE`: puts a back-up in place and compares everything before it says done."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ashar.server.backups.errors import BackupRefused
from ashar.server.backups.restoring import restore

WORD = "replace"


class Command(BaseCommand):
    help = "Restores a back-up into an empty place; --replace puts present data aside first."
    requires_system_checks: list[str] = []  # the database may be missing or damaged

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, help="the file of the key to the back-up")
        parser.add_argument("--replace", action="store_true", help="put present data aside")
        parser.add_argument("--even-so", action="store_true", help="though its journal is broken")
        parser.add_argument("--yes", action="store_true", help="do not ask before replacing")

    def handle(
        self,
        *,
        file: Path,
        identity: Path | None,
        replace: bool,
        yes: bool,
        even_so: bool = False,
        **_options: Any,
    ) -> None:
        if replace and not yes and not self._is_sure():
            raise CommandError("Nothing was changed.")
        try:
            kept = restore(file, identity=identity, replace=replace, even_so=even_so)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused
        for name in kept:
            self.stdout.write(f"The former data was put aside: {name}")
        self.stdout.write(f"Restored and compared: {file.name}. Now: ashar migrate, ashar check.")
        if not Path(settings.KEYS_DIR).is_dir() or not any(Path(settings.KEYS_DIR).iterdir()):
            self.stderr.write(
                f"THERE ARE NO KEYS in {settings.KEYS_DIR}: bring them from their safe, or "
                "people's data stays unreadable."
            )

    def _is_sure(self) -> bool:
        self.stdout.write("The service must be stopped. The data here now will be put aside.")
        return input(f"Write “{WORD}” to go on: ").strip() == WORD
