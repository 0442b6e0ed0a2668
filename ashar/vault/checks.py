"""Keys beside the database protect nobody: whoever copies the folder has both."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from django.apps.config import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as Caution
from django.db import connection

from ashar.vault.core.ring import ENVIRONMENT
from ashar.vault.models import DataKey
from ashar.vault.models.keyring import folder
from ashar.vault.queries.keys import ring_keys

OTHERS = stat.S_IRWXG | stat.S_IRWXO


def check_place_of_keys(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django calls every check alike
    **_kwargs: object,
) -> list[CheckMessage]:
    """At work, keys lie elsewhere than the database; everywhere, only their owner reads them."""
    return [*_beside_database(), *_readable_by_others()]


def check_ring(
    app_configs: Sequence[AppConfig] | None,  # noqa: ARG001 - Django calls every check alike
    databases: Sequence[str] | None = None,
    **_kwargs: object,
) -> list[CheckMessage]:
    """Every key that people's data needs is on the ring."""
    if not databases or not _has_tables():
        return []
    return [
        Error(
            f"The key {one.name} that opens the data of {one.opens} people is not on the ring.",
            hint="Put its file back into the folder of keys (docs/how-to/keep-keys.md).",
            id="vault.E001",
        )
        for one in ring_keys()
        if one.opens and not one.is_there
    ]


def _has_tables() -> bool:
    """Say whether the database was prepared: the first `migrate` checks before it builds."""
    return DataKey._meta.db_table in connection.introspection.table_names()  # noqa: SLF001


def _beside_database() -> list[CheckMessage]:
    given = os.environ.get(ENVIRONMENT) or os.environ.get(f"{ENVIRONMENT}_FILE")
    if settings.ASHAR_DEMONSTRATION or given:
        return []
    if Path(settings.VAR_DIR).resolve() not in [folder().resolve(), *folder().resolve().parents]:
        return []
    return [
        Caution(
            "The keys of people's data lie beside the database: a copy of the folder opens it.",
            hint="Move the folder of keys to another disk and name it in ASHAR_KEYS, or give the "
            "keys in ASHAR_VAULT_KEYS_FILE (docs/how-to/keep-keys.md).",
            id="vault.W002",
        )
    ]


def _readable_by_others() -> list[CheckMessage]:
    open_files = [
        path.name
        for path in sorted(folder().glob("*"))
        if path.is_file() and stat.S_IMODE(path.stat().st_mode) & OTHERS
    ]
    if not open_files:
        return []
    return [
        Caution(
            f"Others on this machine can read the keys: {', '.join(open_files)}.",
            hint=f"Run: chmod 600 {folder()}/*",
            id="vault.W001",
        )
    ]
