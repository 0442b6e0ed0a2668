"""The sentences by which the database itself refuses to change an append-only table.

They stop faults and injected statements, not the owner of the database. On SQLite the
connection must run `PRAGMA recursive_triggers=ON`: without it `INSERT OR REPLACE` removes the
old row past the trigger. A SQLite table that a later migration rebuilds loses its triggers: run
the guard again at the end of that migration.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

_TABLE_NAME = re.compile(r"[a-z][a-z0-9_]*")
Statements = tuple[str, ...]


def append_only_sql(table: str) -> dict[str, tuple[Statements, Statements]]:
    """For each database: the statements that guard the table, and those that undo it."""
    if not _TABLE_NAME.fullmatch(table):
        raise ValueError(f"not the name of a table: {table!r}")
    return {"sqlite": _sqlite(table), "postgresql": _postgresql(table)}


def append_only_steps(
    table: str,
) -> tuple[Callable[[Any, Any], None], Callable[[Any, Any], None]]:
    """The two functions of a migration: `migrations.RunPython(*append_only_steps("table"))`."""
    statements = append_only_sql(table)

    def forward(_apps: Any, schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor][0]:
            schema_editor.execute(statement)

    def backward(_apps: Any, schema_editor: Any) -> None:
        for statement in statements[schema_editor.connection.vendor][1]:
            schema_editor.execute(statement)

    return forward, backward


def _sqlite(table: str) -> tuple[Statements, Statements]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    forward = tuple(
        f'CREATE TRIGGER "{table}_no_{what}" BEFORE {what.upper()} ON "{table}" {refuse}'
        for what in ("update", "delete")
    )
    backward = tuple(f'DROP TRIGGER "{table}_no_{what}"' for what in ("update", "delete"))
    return forward, backward


def _postgresql(table: str) -> tuple[Statements, Statements]:
    function = f'"{table}_append_only"'
    body = (
        f"BEGIN RAISE EXCEPTION USING MESSAGE = '{table} is append-only', "
        "ERRCODE = 'integrity_constraint_violation'; END"
    )
    run = f"EXECUTE FUNCTION {function}()"
    forward = (
        f"CREATE FUNCTION {function}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$",
        f'CREATE TRIGGER "{table}_no_change" BEFORE UPDATE OR DELETE ON "{table}" '  # noqa: ISC004
        f"FOR EACH ROW {run}",
        f'CREATE TRIGGER "{table}_no_truncate" BEFORE TRUNCATE ON "{table}" '  # noqa: ISC004
        f"FOR EACH STATEMENT {run}",
    )
    backward = (
        f'DROP TRIGGER "{table}_no_truncate" ON "{table}"',
        f'DROP TRIGGER "{table}_no_change" ON "{table}"',
        f"DROP FUNCTION {function}()",
    )
    return forward, backward


GUARDED = ("journal_entry", "journal_checkpoint", "journal_cosignature", "cases_decision")


def rights_sql(role: str) -> str:
    """Return the statements that leave a PostgreSQL role only reading and adding here.

    Run by the owner of the database after each upgrade; the web server then signs in as the
    role, which owns no table and so cannot switch a trigger off.
    """
    if not _TABLE_NAME.fullmatch(role):
        raise ValueError(f"not the name of a role: {role!r}")
    lines = [
        f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role};",
        f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role};",
        *(f"REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role};" for table in GUARDED),
    ]
    return "\n".join(lines)
