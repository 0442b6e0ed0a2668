"""What a municipality at work must not forget, each with its remedy (`check --deploy`)."""

from __future__ import annotations

import importlib.util
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from django.apps.config import AppConfig
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.db import DatabaseError, connections

from ashar.desk.core import CAST

LONG_ENOUGH = 50
OTHERS = 0o077
CLOCK_KEEPERS = (
    "/run/systemd/timesync/synchronized",
    "/run/chrony",
    "/run/ntpd.pid",
    "/run/openntpd.sock",
)


def check_settings(
    app_configs: Sequence[AppConfig] | None = None,  # noqa: ARG001 - Django calls every check alike
    **_options: object,
) -> list[CheckMessage]:
    """Every fault of the settings and of the machine; a demonstration is let off."""
    if settings.ASHAR_DEMONSTRATION:
        return []
    return [*_secrets(), *_doors(), *_mail_and_time(), *_backups(), *_reports()]


def check_accounts(
    app_configs: Sequence[AppConfig] | None = None,  # noqa: ARG001 - Django calls every check alike
    databases: Sequence[str] | None = None,
    **_options: object,
) -> list[CheckMessage]:
    """Nobody signs in by the public password of training."""
    if settings.ASHAR_DEMONSTRATION or not databases:
        return []
    names = [role.username for role in CAST]
    try:
        found = get_user_model().objects.filter(username__in=names, is_active=True).count()
    except DatabaseError:  # no tables yet
        return []
    if not found:
        return []
    return [
        Error(
            f"{found} accounts of the demonstration can sign in; their password is public.",
            hint="Work in a database that never was a demonstration (ASHAR_VAR, DATABASE_URL).",
            id="server.E009",
        )
    ]


def check_server(
    app_configs: Sequence[AppConfig] | None = None,  # noqa: ARG001 - Django calls every check alike
    databases: Sequence[str] | None = None,
    **_options: object,
) -> list[CheckMessage]:
    """PostgreSQL does not repeat people's data in its log, and our role may not do everything."""
    found: list[CheckMessage] = []
    for connection in (connections[alias] for alias in databases or ()):
        if connection.vendor != "postgresql":
            continue
        with connection.cursor() as cursor:
            cursor.execute("SHOW log_error_verbosity")
            if cursor.fetchone()[0] != "terse":
                found.append(_VERBOSE)
            cursor.execute(
                "SELECT rolsuper OR rolcreaterole OR rolbypassrls OR rolreplication "
                "FROM pg_roles WHERE rolname = current_user"
            )
            if cursor.fetchone()[0]:
                found.append(_STRONG)
    return found


_VERBOSE = Caution(
    "PostgreSQL writes the values of rows it refused into its log: names and numbers of people.",
    hint="Set log_error_verbosity = terse in postgresql.conf and reload the server.",
    id="server.W010",
)
_STRONG = Caution(
    "The role by which Ashar works may do more than it needs: superuser, roles or replication.",
    hint="Use a role of its own: `make db-postgres` makes one without those rights.",
    id="server.W011",
)


def _secrets() -> Iterator[CheckMessage]:
    word = settings.SECRET_KEY
    if len(word) < LONG_ENOUGH or "insecure" in word:
        yield Error(
            "The key that signs sessions can be guessed.",
            hint="Remove ASHAR_SECRET_KEY: a good one is then made in ASHAR_VAR/secret-key.",
            id="server.E007",
        )
    if settings.DEBUG:
        yield Error(
            "ASHAR_DEBUG shows settings and people's data to whoever causes an error.",
            hint="Remove ASHAR_DEBUG.",
            id="server.E008",
        )
    places = [Path(settings.VAR_DIR) / "secret-key", Path(settings.KEYS_DIR)]
    places += sorted(Path(settings.KEYS_DIR).glob("*"))
    if open_ones := [path for path in places if path.exists() and path.stat().st_mode & OTHERS]:
        yield Error(
            f"Others on this machine can read keys: {open_ones[0]} and {len(open_ones) - 1} more.",
            hint=f"chmod -R go= {settings.KEYS_DIR} {settings.VAR_DIR}/secret-key",
            id="server.E010",
        )


def _doors() -> Iterator[CheckMessage]:
    is_https = urlsplit(settings.ASHAR_ADDRESS).scheme == "https"
    if not (settings.SECURE_SSL_REDIRECT and settings.SESSION_COOKIE_SECURE and is_https):
        yield Caution(
            "Passwords and people's data travel readable: the site is not reached by https only.",
            hint="Set ASHAR_HTTPS=yes and ASHAR_ADDRESS=https://… (docs/operations.md).",
            id="server.W003",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "The site answers to any name, so that letters can carry a stranger's address.",
            hint="Name it: ASHAR_HOSTS=ashar.example.kg",
            id="server.E012",
        )
    host = urlsplit(settings.ASHAR_ADDRESS).hostname
    if host not in {name.lstrip(".") for name in settings.ALLOWED_HOSTS}:
        yield Caution(
            f"The address printed on papers ({host}) is not among the names the site answers to.",
            hint=f"Set ASHAR_HOSTS={host}",
            id="server.W004",
        )


def _mail_and_time() -> Iterator[CheckMessage]:
    if not settings.EMAIL_HOST:
        yield Caution(
            "Letters lie in a folder: no mail server is named.",
            hint="Set ASHAR_MAIL_HOST, ASHAR_MAIL_USER, ASHAR_MAIL_PASSWORD, ASHAR_MAIL_FROM.",
            id="server.W005",
        )
    if settings.TIME_ZONE != "Asia/Bishkek":
        yield Caution(
            f"Terms end by the clock of {settings.TIME_ZONE}.",
            hint="Terms of the law are counted in Asia/Bishkek.",
            id="server.W006",
        )
    if Path("/run/systemd/system").is_dir() and not any(map(_exists, CLOCK_KEEPERS)):
        yield Caution(
            "Nobody sets the clock of this machine; a wrong clock admits late proposals.",
            hint="timedatectl set-ntp true",
            id="server.W007",
        )


def _exists(path: str) -> bool:
    return Path(path).exists()


def _backups() -> Iterator[CheckMessage]:
    if not settings.BACKUP_RECIPIENTS:
        yield Caution(
            "Nothing is backed up: no key is named to which back-ups are locked.",
            hint="`ashar backup --new-key`, then ASHAR_BACKUP_RECIPIENT (docs/operations.md).",
            id="server.W008",
        )
    second = settings.BACKUP_SECOND_FOLDER
    if not second or not Path(second).is_dir() or _on_same_disk(Path(second)):
        yield Caution(
            "Back-ups lie on the disk that they protect.",
            hint="ASHAR_BACKUP_SECOND_FOLDER names a folder on another disk.",
            id="server.W009",
        )


def _on_same_disk(folder: Path) -> bool:
    return folder.stat().st_dev == Path(settings.VAR_DIR).stat().st_dev


def _reports() -> Iterator[CheckMessage]:
    if settings.SENTRY_DSN and importlib.util.find_spec("sentry_sdk") is None:
        yield Error(
            "Errors shall be reported (ASHAR_SENTRY_DSN), but the library for it is missing.",
            hint='.venv/bin/pip install "ashar[report]", or remove ASHAR_SENTRY_DSN.',
            id="server.E013",
        )
