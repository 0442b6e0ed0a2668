"""The way back: a back-up is opened, compared and put in place; only then it is said to be done."""

from __future__ import annotations

import errno
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from ashar.journal.queries.checking import verify
from ashar.server.backups import archive
from ashar.server.backups.copying import (
    POSTGRESQL_FILE,
    SQLITE_FILE,
    load_dump,
    refuse_damage,
)
from ashar.server.backups.disk import settle, write_whole
from ashar.server.backups.errors import BackupRefused
from ashar.server.backups.folder import Backup, label_of, work_folder
from ashar.server.backups.portrait import Portrait, is_empty, portrait
from ashar.server.processes import alone

FILES = {"sqlite": SQLITE_FILE, "postgresql": POSTGRESQL_FILE}
_ENDINGS = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class Opened:
    """A back-up opened into a folder, with all its digests compared."""

    folder: Path
    manifest: dict[str, Any]

    @property
    def database(self) -> Path:
        """Return the copy of the database."""
        return self.folder / FILES[self.manifest["database"]]

    @property
    def portrait(self) -> Portrait:
        """Return what the database held when it was copied."""
        return Portrait(**self.manifest["portrait"])


def open_backup(file: Path, identity: Path | None, folder: Path) -> Opened:
    """Open and compare; refuse what is damaged, or made by another kind of database."""
    label = label_of(file)
    if label is not None and (faults := Backup(file, label).faults()):
        raise BackupRefused(f"{faults[0]}: take another back-up, or the copy on the second disk.")
    identities = archive.identities_of(identity) if identity else []
    opened = Opened(folder, archive.unpack(file, folder, identities))
    if opened.manifest["database"] != connection.vendor:
        raise BackupRefused(
            f"This back-up is of {opened.manifest['database']}, and the settings name "
            f"{connection.vendor}: set DATABASE_URL as it was."
        )
    if unknown := set(opened.portrait.migrations) - _known_migrations():
        raise BackupRefused(
            f"This back-up was made by a newer Ashar ({opened.manifest['version']}): "
            f"{len(unknown)} of its changes of tables are unknown here. Install that version first."
        )
    return opened


def _known_migrations() -> set[str]:
    loader = MigrationLoader(None)
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    replaced = [old for one in loader.disk_migrations.values() for old in one.replaces]
    return known | {f"{app}.{name}" for app, name in replaced}


def restore(
    file: Path, *, identity: Path | None = None, replace: bool = False, even_so: bool = False
) -> list[str]:
    """Put a back-up in place and compare everything; return what was kept of the former data.

    `even_so` takes a back-up whose journal does not hold: it is faithful to what was copied, but
    somebody had changed that behind the journal's back, and the journal goes on saying so.
    """
    with alone() as nobody_else:
        if not nobody_else:
            raise BackupRefused("Ashar is still running: stop the service, then restore.")
        work = work_folder("restore")
        try:
            opened = open_backup(file, identity, work)
            return _restored(opened, replace=replace, even_so=even_so)
        finally:
            shutil.rmtree(work, ignore_errors=True)


def _restored(opened: Opened, *, replace: bool, even_so: bool) -> list[str]:
    """Put it in place; whatever goes wrong, the former data comes back."""
    kept = _put_aside(replace=replace)
    try:
        _put_in_place(opened)
        compare_with(opened.portrait, even_so=even_so)
    except BaseException:
        _put_back(kept)
        raise
    return [name for name, _back in kept]


def compare_with(expected: Portrait, *, even_so: bool = False) -> None:
    """Refuse a restored database that is not what was copied, or whose journal does not hold."""
    refuse_damage(connections[DEFAULT_DB_ALIAS])
    if found := expected.differences(portrait(connections[DEFAULT_DB_ALIAS])):
        raise BackupRefused(f"What was restored is not what was copied: {'; '.join(found[:3])}.")
    if set(expected.migrations) == _present_migrations() and expected.head and not even_so:
        report = verify()
        if not report.is_whole:
            raise BackupRefused(
                f"The journal in this back-up does not hold. Are the keys from their safe already in "
                f"{settings.KEYS_DIR}? Bring them first. If they are there, take an older back-up; "
                "`--even-so` restores this one, and `ashar journal verify` names what was changed."
            )


def _present_migrations() -> set[str]:
    """Return the migrations this version would apply; an older back-up is migrated before."""
    loader = MigrationLoader(None)
    return {f"{app}.{name}" for app, name in loader.graph.nodes}


Kept = list[tuple[str, Callable[[], None]]]


def _put_aside(*, replace: bool) -> Kept:
    """Move the present data aside, so that a restore which fails is taken back."""
    stamp = timezone.now().strftime("%Y%m%d_%H%M%S_%f")
    media = Path(settings.MEDIA_ROOT)
    has_papers = media.is_dir() and any(media.iterdir())
    has_rows = not is_empty(connection)
    if (has_papers or has_rows) and not replace:
        raise BackupRefused(
            "There is data here already. Restore into an empty place (another ASHAR_VAR or "
            "DATABASE_URL), or stop the service and repeat with --replace: what is here is then "
            "put aside, not removed."
        )
    kept: Kept = []
    if has_rows:
        kept.append(_database_aside(stamp))
    if has_papers:
        kept.append(_folder_aside(media, stamp))
    return kept


def _folder_aside(folder: Path, stamp: str) -> tuple[str, Callable[[], None]]:
    aside = folder.with_name(f"{folder.name}.before-{stamp}")
    folder.rename(aside)

    def back() -> None:
        shutil.rmtree(folder, ignore_errors=True)
        aside.rename(folder)

    return str(aside), back


def _database_aside(stamp: str) -> tuple[str, Callable[[], None]]:
    if connection.vendor == "sqlite":
        return _file_aside(Path(str(connection.settings_dict["NAME"])), stamp)
    aside = f"before_{stamp}"
    _say(f"ALTER SCHEMA public RENAME TO {aside}", "CREATE SCHEMA public")

    def back() -> None:
        _say("DROP SCHEMA public CASCADE", f"ALTER SCHEMA {aside} RENAME TO public")

    return f"schema {aside}", back


def _say(*sentences: str) -> None:
    with connection.cursor() as cursor:
        for sentence in sentences:
            cursor.execute(sentence)


def _file_aside(file: Path, stamp: str) -> tuple[str, Callable[[], None]]:
    connection.close()
    _refuse_while_served(file)
    aside = file.with_name(f"{file.name}.before-{stamp}")
    for ending in _ENDINGS:
        if (part := Path(f"{file}{ending}")).exists():
            part.rename(f"{aside}{ending}")

    def back() -> None:
        connection.close()
        for ending in _ENDINGS:
            Path(f"{file}{ending}").unlink(missing_ok=True)
            if (part := Path(f"{aside}{ending}")).exists():
                part.rename(f"{file}{ending}")

    return str(aside), back


def _refuse_while_served(file: Path) -> None:
    """Take the write-ahead log into the file; that works only when nobody else has it open."""
    here = sqlite3.connect(file, timeout=1, isolation_level=None)
    try:
        mode = here.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
    except sqlite3.DatabaseError as fault:
        if isinstance(fault, sqlite3.OperationalError):
            mode = "busy"
        else:
            return  # a damaged file is put aside as it is
    finally:
        here.close()
    if mode != "delete":
        raise BackupRefused("Ashar is still running: stop the service, then restore.")


def _put_in_place(opened: Opened) -> None:
    if connection.vendor == "sqlite":
        connection.close()
        target = Path(str(connection.settings_dict["NAME"]))
        move_in(opened.database, target)
    else:
        load_dump(opened.database)
    papers = opened.folder / "media"
    if papers.is_dir():
        media = Path(settings.MEDIA_ROOT)
        media.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(papers, media, dirs_exist_ok=True)
        for path in media.rglob("*"):
            settle(path)
        settle(media)
    _put_keys(opened.folder / "keys")


def move_in(source: Path, target: Path) -> None:
    """Put a file in its place, whole or not at all, from another disk as well."""
    try:
        source.replace(target)
    except OSError as fault:
        if fault.errno != errno.EXDEV:
            raise
        with source.open("rb") as file:
            write_whole(target, lambda out: shutil.copyfileobj(file, out))
    settle(target.parent)


def _put_keys(keys: Path) -> None:
    """Put keys that came with the back-up where none stand; present ones are never replaced."""
    folder = Path(settings.KEYS_DIR)
    for key in sorted(keys.iterdir()) if keys.is_dir() else ():
        target = (
            Path(settings.VAR_DIR) / key.name if key.name == "secret-key" else folder / key.name
        )
        if not target.exists():
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            shutil.copyfile(key, target)
            target.chmod(0o600)
            settle(target)


def _put_back(kept: Kept) -> None:
    for _name, back in reversed(kept):
        back()
