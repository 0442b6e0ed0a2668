"""Taking a back-up: one moment of the database, all papers, their digests, one locked file."""

from __future__ import annotations

import importlib.metadata
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from pyrage import x25519

from ashar.server.backups import archive
from ashar.server.backups.copying import copy_database
from ashar.server.backups.disk import Digested, private_folder, write_whole
from ashar.server.backups.errors import BackupRefused
from ashar.server.backups.folder import (
    PREFIX,
    Backup,
    copy_to,
    sweep,
    work_folder,
    write_label,
)
from ashar.server.backups.portrait import Portrait

FORMAT = 1


def take(folder: Path | None = None, *, plain: bool = False, with_keys: bool = False) -> Backup:
    """Take a back-up into the folder while people work; return it once it is on the disk."""
    recipients = [] if plain else list(settings.BACKUP_RECIPIENTS)
    _refuse_unlocked(recipients, plain=plain, with_keys=with_keys)
    target = private_folder(Path(folder or settings.BACKUP_FOLDER))
    work = work_folder("backup")
    at = timezone.now()
    try:
        database, drawn = copy_database(work)
        told = _told(at.isoformat(), drawn, with_keys=with_keys)
        backup = _write(target, at.strftime("%Y%m%d-%H%M%S-%f"), told, recipients, database)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    if folder is None:
        sweep(target, settings.BACKUP_KEEP)
        if settings.BACKUP_SECOND_FOLDER:
            second = Path(settings.BACKUP_SECOND_FOLDER)
            copy_to(backup, second)
            sweep(second, settings.BACKUP_KEEP)
    return backup


def _refuse_unlocked(recipients: list[str], *, plain: bool, with_keys: bool) -> None:
    """Refuse a back-up that whoever finds the disk could read."""
    if not recipients and not (plain and settings.ASHAR_DEMONSTRATION):
        raise BackupRefused(
            "No key is named to which back-ups are locked. Run `ashar backup --new-key` once, keep "
            "what it prints away from this machine and write ASHAR_BACKUP_RECIPIENT=age1… into "
            "the settings. Only a demonstration may be backed up with --plain."
        )
    if with_keys and not recipients:
        raise BackupRefused("Keys are put only into a locked back-up.")


def _told(at: str, drawn: Portrait, *, with_keys: bool) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "at": at,
        "version": importlib.metadata.version("ashar"),
        "database": connection.vendor,
        "portrait": drawn.told(),
        "has_keys": with_keys,
    }


def _write(
    folder: Path, stamp: str, told: dict[str, Any], recipients: list[str], database: Path
) -> Backup:
    """Write the file, then the label that says it is finished."""
    ending = ".tar.gz.age" if recipients else ".tar.gz"
    file = folder / f"{PREFIX}{stamp}{ending}"
    members = _members(database, with_keys=told["has_keys"])
    seen: dict[str, Any] = {}

    def write(out: Any) -> None:
        digested = Digested(out)
        digests = archive.pack(digested, members, told, recipients)  # type: ignore[arg-type]
        seen.update(bytes=digested.size, sha256=digested.digest, files=len(digests))

    write_whole(file, write)
    counts = told["portrait"]["counts"]
    label = {key: told[key] for key in ("format", "at", "version", "database", "has_keys")}
    return write_label(
        file,
        {
            **label,
            **seen,
            "file": file.name,
            "locked_to": recipients,
            "rows": sum(counts.values()),
            "journal": told["portrait"]["head"],
        },
    )


def _members(database: Path, *, with_keys: bool) -> Iterator[archive.Member]:
    """Everything that goes in: the database first, then the papers that its rows name."""
    yield database.name, database
    yield from _files(Path(settings.MEDIA_ROOT), "media")
    if with_keys:
        yield from _files(Path(settings.KEYS_DIR), "keys")
        secret = Path(settings.VAR_DIR) / "secret-key"
        if secret.is_file():
            yield "keys/secret-key", secret


def _files(root: Path, name: str) -> Iterator[archive.Member]:
    for path in sorted(root.rglob("*")) if root.is_dir() else ():
        if path.is_file() and not path.is_symlink():
            yield f"{name}/{path.relative_to(root).as_posix()}", path


def new_key() -> tuple[str, str]:
    """Return a new key and the recipient that may stand in the settings; nothing is kept."""
    identity = x25519.Identity.generate()
    return str(identity), str(identity.to_public())
