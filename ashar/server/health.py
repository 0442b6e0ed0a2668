"""How the machine is: short answers for a watcher, whole sentences for the administrator."""

from __future__ import annotations

import shutil
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from socket import create_connection
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core import checks
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from ashar.journal.models import Head
from ashar.server.backups import schedule
from ashar.server.backups.folder import newest
from ashar.server.models import Beat

WORKER, CERTIFICATE = "worker", "certificate"
WORKER_SILENT = timedelta(minutes=5)
CLOCK_BEHIND = timedelta(minutes=1)
MEGABYTE = 1024 * 1024
LEAST_FREE, LOW_FREE = 200 * MEGABYTE, 1024 * MEGABYTE
CERTIFICATE_ENDS_SOON = timedelta(days=14)
KEY_OLD = timedelta(days=365)
GOOD, WATCH, BAD = "good", "watch", "bad"


@dataclass(frozen=True)
class Sign:
    """One thing that was looked at: its state and a sentence."""

    name: str
    title: str
    state: str
    says: str

    @property
    def is_bad(self) -> bool:
        """Say whether somebody must act now."""
        return self.state == BAD


def ready() -> dict[str, bool]:
    """Say of each part that requests need whether it is in order; no details for strangers."""
    return {sign.name: not sign.is_bad for sign in map(_seen, NEEDED)}


def signs() -> list[Sign]:
    """Look at everything; for the administrator."""
    return [_seen(look) for look in (*NEEDED, *WATCHED)]


def _seen(look: Callable[[], Sign]) -> Sign:
    """Look; a part that cannot even be asked is in bad order."""
    try:
        return look()
    except (DatabaseError, OSError, ValueError, KeyError):
        name = look.__name__
        return Sign(name, name, BAD, _("This could not be looked at: the database is not there."))


def beat() -> int:
    """Give the worker's sign of life; once in a while look at the certificate too."""
    Beat.objects.update_or_create(name=WORKER, defaults={"at": timezone.now()})
    _look_at_certificate()
    return 0


def database() -> Sign:
    """Ask the database anything."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Sign("database", _("Database"), GOOD, _("It answers."))


def migrations() -> Sign:
    """Compare the tables with the program."""
    title = _("Tables")
    if _is_migrated():
        return Sign("migrations", title, GOOD, _("They belong to this version of the program."))
    _is_migrated.cache_clear()
    return Sign("migrations", title, BAD, _("They are of another version: run “ashar upgrade”."))


@cache
def _is_migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


def disk() -> Sign:
    """Look at the room that is left."""
    free = shutil.disk_usage(settings.VAR_DIR).free
    state = BAD if free < LEAST_FREE else WATCH if free < LOW_FREE else GOOD
    says = _("%(free)s MB are free.") % {"free": free // MEGABYTE}
    return Sign("disk", _("Room on the disk"), state, says)


def clock() -> Sign:
    """Compare the clock with the last entry of the journal: it never runs backwards."""
    last = Head.objects.values_list("at", flat=True).first()
    if last and last > timezone.now() + CLOCK_BEHIND:
        says = _("It stands before the last entry of the journal (%(at)s): it was set back.")
        return Sign("clock", _("Clock"), BAD, says % {"at": _said(last)})
    return Sign("clock", _("Clock"), GOOD, _said(timezone.now()))


def worker() -> Sign:
    """Ask when the worker last gave a sign of life: without it no term ends."""
    title = _("Worker (“ashar work”)")
    last = Beat.objects.filter(name=WORKER).first()
    if last is None or timezone.now() - last.at > WORKER_SILENT:
        says = _("It is silent: terms do not end and letters do not leave. Start the service anew.")
        return Sign("worker", title, BAD, says)
    return Sign("worker", title, GOOD, _("Last sign of life: %(at)s.") % {"at": _said(last.at)})


def backup() -> Sign:
    """Look for a fresh and undamaged back-up."""
    title = _("Back-up")
    if not schedule.is_configured():
        state = WATCH if settings.ASHAR_DEMONSTRATION else BAD
        return Sign("backup", title, state, _("Not set up: “ashar backup --new-key” begins it."))
    last = newest()
    if last is None:
        return Sign("backup", title, BAD, _("There is none yet."))
    says = _("The last one is %(age)s old.") % {"age": timesince(last.at)}
    hours = 2 * settings.BACKUP_HOURS + 1
    if not last.file.is_file():
        return Sign("backup", title, BAD, _("The file of the last one is missing."))
    if timezone.now() - last.at > timedelta(hours=hours):
        return Sign("backup", title, BAD, says)
    return Sign("backup", title, GOOD, says)


def backup_read() -> Sign:
    """Say what the last reading of the newest back-up found."""
    title = _("Back-up, read again")
    last = Beat.objects.filter(name=schedule.READ).first()
    if last is None:
        return Sign("backup_read", title, WATCH, _("Not read yet."))
    if last.said.get("faults"):
        says = _("DAMAGED: it is not as it was written. Take another one to another disk.")
        return Sign("backup_read", title, BAD, says)
    says = _("Whole when it was read on %(at)s.") % {"at": _said(last.at)}
    return Sign("backup_read", title, GOOD, says)


def storage() -> Sign:
    """Run the checks of storage anew."""
    found = [
        one.id or ""
        for one in checks.run_checks(tags=[checks.Tags.database], databases=["default"])
        if one.level >= checks.WARNING
    ]
    serious = any(".E" in one for one in found)
    state = BAD if serious else WATCH if found else GOOD
    says = ", ".join(found) or _("Nothing to find fault with.")
    return Sign("storage", _("Storage checks"), state, says)


def keys() -> Sign:
    """Say how old the keys are; old ones are changed (“ashar vault rotate”)."""
    folder = Path(settings.KEYS_DIR)
    times = [path.stat().st_mtime for path in folder.glob("*") if path.is_file()]
    title = _("Keys")
    if not times:
        return Sign("keys", title, WATCH, _("No key stands in its folder."))
    oldest = datetime.fromtimestamp(min(times), tz=timezone.get_current_timezone())
    state = WATCH if timezone.now() - oldest > KEY_OLD else GOOD
    says = _("%(count)s keys, the oldest %(age)s old.")
    return Sign("keys", title, state, says % {"count": len(times), "age": timesince(oldest)})


def certificate() -> Sign:
    """Say until when the site's certificate holds, as the worker last saw it."""
    title = _("Certificate of the site")
    if urlsplit(settings.ASHAR_ADDRESS).scheme != "https":
        return Sign("certificate", title, WATCH, _("The address is not https."))
    seen = Beat.objects.filter(name=CERTIFICATE).first()
    until = seen.said.get("until") if seen else None
    if not until:
        return Sign("certificate", title, WATCH, _("It could not be looked at."))
    ends = datetime.fromisoformat(until)
    state = BAD if ends - timezone.now() < CERTIFICATE_ENDS_SOON else GOOD
    return Sign("certificate", title, state, _("It holds until %(at)s.") % {"at": _said(ends)})


def _look_at_certificate() -> None:
    """Ask our own address for its certificate, four times a day."""
    address = urlsplit(settings.ASHAR_ADDRESS)
    if address.scheme != "https" or not address.hostname:
        return
    recent = timezone.now() - timedelta(hours=6)
    if Beat.objects.filter(name=CERTIFICATE, at__gt=recent).exists():
        return
    said = {"until": _certificate_until(address.hostname, address.port or 443)}
    Beat.objects.update_or_create(name=CERTIFICATE, defaults={"at": timezone.now(), "said": said})


def _certificate_until(host: str, port: int) -> str | None:
    context = ssl.create_default_context()
    try:
        with (
            create_connection((host, port), timeout=5) as line,
            context.wrap_socket(line, server_hostname=host) as secure,
        ):
            told: Any = secure.getpeercert()
    except OSError:
        return None
    seconds = ssl.cert_time_to_seconds(str(told["notAfter"]))
    return datetime.fromtimestamp(seconds, tz=timezone.get_default_timezone()).isoformat()


def _said(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "d.m.Y H:i")


NEEDED = (database, migrations, disk, clock, worker)
WATCHED = (backup, backup_read, storage, keys, certificate)
