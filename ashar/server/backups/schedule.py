"""Back-ups without anybody asking: the worker takes them and reads the newest one again."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from ashar.server.backups.errors import BackupRefused
from ashar.server.backups.folder import newest
from ashar.server.backups.taking import take
from ashar.server.models import Beat

READ_AGAIN = timedelta(hours=6)
TAKEN, READ = "backup-taken", "backup-read"


def is_configured() -> bool:
    """Say whether the worker takes back-ups by itself."""
    return bool(settings.BACKUP_RECIPIENTS) and settings.BACKUP_HOURS > 0


def take_due() -> int:
    """Take a back-up when the last one is old enough; return how many were taken."""
    if not is_configured():
        return 0
    last = newest()
    if last and timezone.now() - last.at < timedelta(hours=settings.BACKUP_HOURS):
        return 0
    try:
        taken = take()
    except (BackupRefused, OSError) as fault:
        _remember(TAKEN, {"fault": str(fault) if isinstance(fault, BackupRefused) else "disk"})
        raise
    _remember(TAKEN, {"file": taken.file.name})
    return 1


def read_again() -> int:
    """Read the newest back-up from the disk and compare its digest, some times a day."""
    if not is_configured():
        return 0
    last = newest()
    read = Beat.objects.filter(name=READ, at__gt=timezone.now() - READ_AGAIN).first()
    if last is None or (read and read.said.get("file") == last.file.name):
        return 0
    _remember(READ, {"file": last.file.name, "faults": last.faults()})
    return 0


def _remember(name: str, said: dict[str, object]) -> None:
    Beat.objects.update_or_create(name=name, defaults={"at": timezone.now(), "said": said})
