"""The folder of back-ups: what lies there, what is kept, what is damaged."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from ashar.server.backups.disk import digest_of, private_folder, settle, write_json, write_whole
from ashar.server.backups.errors import BackupRefused

PREFIX = "ashar-"
LABEL = ".json"
DAYS_KEPT = 30
LEFT_BEHIND = 24 * 60 * 60  # seconds


@dataclass(frozen=True)
class Backup:
    """One back-up: its file and the label beside it, which holds nothing secret."""

    file: Path
    label: dict[str, Any]

    @property
    def at(self) -> datetime:
        """Return the moment it shows."""
        return datetime.fromisoformat(self.label["at"])

    def faults(self) -> list[str]:
        """Read the whole file again; name what is not as it was written."""
        if not self.file.is_file():
            return [f"{self.file.name} is missing"]
        if self.file.stat().st_size != self.label["bytes"]:
            return [f"{self.file.name} has not the length it was written with"]
        if digest_of(self.file) != self.label["sha256"]:
            return [f"{self.file.name} is not as it was written"]
        return []


def backups_in(folder: Path) -> list[Backup]:
    """Return what lies in the folder, newest first; a file without its label is none."""
    return sorted(_labelled(folder), key=lambda one: one.label["at"], reverse=True)


def _labelled(folder: Path) -> Iterator[Backup]:
    for path in folder.glob(f"{PREFIX}*{LABEL}"):
        try:
            label = json.loads(path.read_bytes())
            yield Backup(folder / label["file"], label)
        except (ValueError, KeyError, TypeError):
            continue


def newest() -> Backup | None:
    """Return the newest back-up of the configured folder."""
    found = backups_in(Path(settings.BACKUP_FOLDER))
    return found[0] if found else None


def label_of(file: Path) -> dict[str, Any] | None:
    """Return the label beside a file, if it came with one."""
    path = file.with_name(file.name + LABEL)
    if not path.is_file():
        return None
    label: dict[str, Any] = json.loads(path.read_bytes())
    return label


def write_label(file: Path, label: dict[str, Any]) -> Backup:
    """Write the label last: a back-up without one was not finished."""
    write_json(file.with_name(file.name + LABEL), label)
    return Backup(file, label)


def copy_to(backup: Backup, folder: Path) -> None:
    """Copy a back-up to a second folder and read it there."""
    if not folder.is_dir():
        raise BackupRefused(f"The second folder {folder} is not there: is the disk plugged in?")
    target = folder / backup.file.name
    with backup.file.open("rb") as source:
        write_whole(target, lambda out: shutil.copyfileobj(source, out))
    if faults := Backup(target, backup.label).faults():
        raise BackupRefused(f"The copy on the second disk is damaged: {faults[0]}.")
    write_label(target, backup.label)


def sweep(folder: Path, keep: int) -> list[str]:
    """Remove old back-ups: the last ones stay, and the last of each day for a month."""
    found = backups_in(folder)
    kept = {found_name(one) for one in found[:keep]}
    month_ago = timezone.now() - timedelta(days=DAYS_KEPT)
    days: set[object] = set()
    for one in found:
        day = timezone.localtime(one.at).date()
        if one.at > month_ago and day not in days:
            days.add(day)
            kept.add(found_name(one))
    gone = [one for one in found if found_name(one) not in kept]
    for one in gone:
        one.file.with_name(one.file.name + LABEL).unlink(missing_ok=True)
        one.file.unlink(missing_ok=True)
    if gone:
        settle(folder)
    return [found_name(one) for one in gone]


def found_name(backup: Backup) -> str:
    """Return the name of the file."""
    return backup.file.name


def work_folder(purpose: str) -> Path:
    """Return an empty private folder beside the data; what a crash left there is removed."""
    around = private_folder(Path(settings.VAR_DIR) / "work")
    for left in around.iterdir():
        if time.time() - left.stat().st_mtime > LEFT_BEHIND:
            shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{purpose}-", dir=around))
