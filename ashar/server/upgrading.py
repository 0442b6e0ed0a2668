"""An upgrade with a way back: back-up, check, change the tables, check, or back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.core import checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from ashar.journal.actions.rereading import read_new_tables
from ashar.journal.queries.checking import verify
from ashar.server.backups.copying import refuse_damage
from ashar.server.backups.errors import BackupRefused
from ashar.server.backups.folder import Backup
from ashar.server.backups.taking import take
from ashar.server.processes import alone

Tell = Callable[[str], object]
Node = tuple[str, str]


class UpgradeFailed(Exception):
    """The upgrade did not come about; the text says how things stand now."""


@dataclass(frozen=True)
class Upgraded:
    """What was done: the changes of tables, and the back-up taken before."""

    changes: list[str]
    backup: Backup | None


def waiting() -> list[Node]:
    """Return the changes of tables that this version brings and the database has not seen."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [(one.app_label, one.name) for one, _backwards in plan]


def upgrade(tell: Tell, *, with_backup: bool = True) -> Upgraded:
    """Back up, check, change the tables, check again; undo all of it if the end is not sound."""
    changes = waiting()
    if not changes:
        return Upgraded([], None)
    with alone() as nobody_else:
        if not nobody_else:
            raise UpgradeFailed("Nothing was changed. Ashar is still running: stop the service.")
        return _upgraded(changes, tell, with_backup=with_backup)


def _upgraded(changes: list[Node], tell: Tell, *, with_backup: bool) -> Upgraded:
    """Go forwards; at any fault, back."""
    backup = _backed_up(tell) if with_backup else None
    tell("Checking the database as it is")
    _refuse_faults()
    before = _applied()
    tell(f"Changing the tables, {len(changes)} steps")
    try:
        _migrate_forwards()
        read_new_tables()
        tell("Checking the database as it is now")
        _refuse_faults()
        if not verify().is_whole:
            raise UpgradeFailed("the journal does not hold")  # noqa: TRY301 - one way back for all
    except Exception as fault:  # noqa: BLE001 - whatever it is, there is a way back
        _go_back(before, backup, fault)
    return Upgraded([f"{app}.{name}" for app, name in changes], backup)


def _backed_up(tell: Tell) -> Backup:
    tell("Taking a back-up")
    plain = settings.ASHAR_DEMONSTRATION and not settings.BACKUP_RECIPIENTS
    try:
        return take(plain=plain)
    except BackupRefused as refused:
        raise UpgradeFailed(f"Nothing was changed. {refused}") from refused


def _refuse_faults() -> None:
    """Stop at a damaged database or a storage that loses work."""
    try:
        refuse_damage(connection)
    except BackupRefused as refused:
        raise UpgradeFailed(f"Nothing was changed. {refused}") from refused
    found = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    if serious := [one for one in found if one.level >= checks.ERROR]:
        raise UpgradeFailed(f"Nothing was changed. {serious[0].msg} ({serious[0].id})")


def _applied() -> set[Node]:
    return set(MigrationExecutor(connection).loader.applied_migrations)


def _migrate_forwards() -> None:
    """Take the steps one by one: each is a transaction of its own."""
    executor = MigrationExecutor(connection)
    executor.migrate(executor.loader.graph.leaf_nodes())


def _go_back(before: set[Node], backup: Backup | None, fault: Exception) -> None:
    """Undo the steps that were taken, newest first, and say how things stand."""
    words = str(fault) if isinstance(fault, UpgradeFailed) else type(fault).__name__
    named = f" The back-up is {backup.file}." if backup else ""
    try:
        undo(before)
    except Exception as second:  # noqa: BLE001 - whatever it is, it is said
        raise UpgradeFailed(
            f"The upgrade failed ({words}) and could not be undone ({type(second).__name__}): "
            f"stop the service and restore the back-up with `ashar upgrade --back`.{named}"
        ) from fault
    raise UpgradeFailed(
        f"The upgrade failed ({words}). The tables are as they were.{named}"
    ) from fault


def undo(before: set[Node]) -> None:
    """Take back every change of tables that is not among those, newest first."""
    executor = MigrationExecutor(connection)
    steps = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    for migration, _backwards in reversed(steps):
        node = (migration.app_label, migration.name)
        executor = MigrationExecutor(connection)
        if node in before or node not in executor.loader.applied_migrations:
            continue
        parents = executor.loader.graph.node_map[node].parents
        former = [one.key for one in parents if one.key[0] == node[0]]
        executor.migrate(former or [(node[0], None)])
