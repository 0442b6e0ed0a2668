"""`ashar backup`: one file that holds everything; `ashar backup drill` tries the way back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ashar.server.backups.drilling import drill
from ashar.server.backups.errors import BackupRefused
from ashar.server.backups.folder import Backup, backups_in, newest
from ashar.server.backups.taking import new_key, take


class Command(BaseCommand):
    help = "Takes a back-up while people work; drill: restores one on trial and compares it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("deed", nargs="?", choices=("take", "drill", "list"), default="take")
        parser.add_argument("file", nargs="?", type=Path, help="drill: which one, else the newest")
        parser.add_argument("--to", type=Path, help="another folder than ASHAR_BACKUP_FOLDER")
        parser.add_argument("--plain", action="store_true", help="unlocked: a demonstration only")
        parser.add_argument("--with-keys", action="store_true", help="put the keys in as well")
        parser.add_argument("--new-key", action="store_true", help="print a new key, once")
        parser.add_argument("--identity", type=Path, help="drill: the file of the key")

    def handle(self, *, deed: str, new_key: bool, **options: Any) -> None:
        if new_key:
            self._print_new_key()
            return
        try:
            {"take": self._take, "drill": self._drill, "list": self._list}[deed](options)
        except BackupRefused as refused:
            raise CommandError(str(refused)) from refused

    def _print_new_key(self) -> None:
        identity, recipient = new_key()
        self.stdout.write(
            "The key to your back-ups. It is shown once and kept nowhere on this machine.\n"
            "Print it, or write it to a stick; keep two copies in two safes. Without it no back-up\n"
            "can ever be opened; whoever has it reads everything.\n\n"
            f"# key to the back-ups of Ashar, for the safe\n{identity}\n\n"
            "Write this into the settings of the service; it only locks and is no secret:\n\n"
            f"ASHAR_BACKUP_RECIPIENT={recipient}"
        )

    def _take(self, options: dict[str, Any]) -> None:
        backup = take(options["to"], plain=options["plain"], with_keys=options["with_keys"])
        label = backup.label
        self.stdout.write(
            f"{backup.file}\n{label['bytes']} bytes, {label['rows']} rows, {label['files']} files, "
            f"journal up to entry {label['journal'].get('number', 0)}"
        )
        if label["has_keys"]:
            self.stdout.write("The keys of people's data are inside.")
        else:
            self.stderr.write(
                "THE KEYS ARE NOT INSIDE. Without them people's data in this back-up cannot be "
                f"read. Keep {settings.KEYS_DIR} and the key of the service in another safe than "
                "the back-ups (docs/operations.md, “Keys”)."
            )

    def _drill(self, options: dict[str, Any]) -> None:
        file = options["file"] or _newest_file()
        shown = drill(file, identity=options["identity"])
        self.stdout.write(
            f"{shown.file} restores whole: {shown.rows} rows, {shown.files} files, "
            f"journal of {shown.journal} entries, {shown.seconds:.1f} s"
        )

    def _list(self, _options: dict[str, Any]) -> None:
        for one in backups_in(Path(settings.BACKUP_FOLDER)):
            self.stdout.write(f"{one.label['at'][:19]}  {one.label['bytes']:>12}  {one.file.name}")


def _newest_file() -> Path:
    found: Backup | None = newest()
    if found is None:
        raise BackupRefused("There is no back-up yet: `ashar backup` takes one.")
    return found.file
