"""P32: an upgrade can fail or be undone; the tables are as before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader

# Runs inside an installation of its own. Prints the faults that were found.
WALK = '''
import json, os, signal, sys
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.migration import Migration
from ashar.server.backups.copying import opened
from ashar.server.backups.portrait import portrait

def shape():
    """The shape of every table: columns, rules, triggers; and which changes are recorded."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type IN ('table', 'trigger')")
            told = {"names": sorted(r[0] for r in cursor.fetchall() if "sqlite_" not in r[0])}
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
            told = {"names": sorted(r[0] for r in cursor.fetchall())}
            cursor.execute("SELECT proname FROM pg_proc p JOIN pg_namespace n "
                           "ON n.oid = pronamespace WHERE nspname = 'public'")
            told["functions"] = sorted(r[0] for r in cursor.fetchall())
        for name in sorted(connection.introspection.table_names(cursor)):
            columns = connection.introspection.get_table_description(cursor, name)
            told[name] = sorted(f"{c.name} {c.null_ok}" for c in columns)
            rules = connection.introspection.get_constraints(cursor, name)
            told[name] += sorted(
                f"{sorted(r['columns'] or [])} {r['unique']} {r['primary_key']} {r['check']} "
                f"{r['foreign_key']} {r['index']}" for r in rules.values())
    drawn = portrait(connection)
    told["recorded"] = drawn.migrations
    # The order of lines in a table does not matter, and a table of changes counts its numbers on.
    told["rows"] = {k: v for k, v in drawn.contents.items() if k not in VOLATILE}
    return told

VOLATILE = {"django_migrations", "django_content_type", "auth_permission"}

def spoilt(how):
    """Let the next change of tables fail after its last step, before it is recorded."""
    real = Migration.apply
    def apply(self, *arguments, **named):
        real(self, *arguments, **named)
        if how == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        raise RuntimeError("in the middle")
    Migration.apply = apply
    return lambda: setattr(Migration, "apply", real)

def forwards(node):
    MigrationExecutor(connection).migrate([node])

def in_a_child(node):
    connection.close()
    child = os.fork()
    if child == 0:
        spoilt("kill")
        forwards(node)
        os._exit(0)
    _pid, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), "the child was not killed"

def differs(before, after):
    return sorted(k for k in before.keys() | after.keys() if before.get(k) != after.get(k))

def broken(node, before, way):
    left = differs(before, shape())
    return [f"{way} in {node[0]}.{node[1]} left: {left}"] if left else []

def try_step(node):
    """Break this change in both ways; return what was left behind."""
    before = shape()
    found = []
    mend = spoilt("exception")
    try:
        forwards(node)
    except RuntimeError:
        pass
    mend()
    found += broken(node, before, "exception")
    if found:
        return found
    in_a_child(node)
    found += broken(node, before, "kill")
    return found

def back_from(node):
    graph = MigrationExecutor(connection).loader.graph
    former = [one.key for one in graph.node_map[node].parents if one.key[0] == node[0]]
    MigrationExecutor(connection).migrate(former or [(node[0], None)])
'''
WHOLE_WAY = (
    WALK
    + """
executor = MigrationExecutor(connection)
executor.recorder.ensure_schema()
plan = [(m.app_label, m.name) for m, _b in
        executor.migration_plan(executor.loader.graph.leaf_nodes())]
found, shapes = [], {}
for node in plan:
    shapes[node] = shape()
    found += try_step(node)
    forwards(node)
for node in reversed(plan):
    back_from(node)
    left = differs(shapes[node], shape())
    if left:
        found.append(f"the way back from {node[0]}.{node[1]} left: {left}")
print(json.dumps([len(plan), found]))
"""
)
LAST_STEPS = (
    WALK
    + """
from ashar.server.upgrading import undo
loader = MigrationExecutor(connection).loader
node = ("server", "0001_forms_and_beats")
back_from(node)
found = try_step(node)
forwards(node)
print(json.dumps([1, found]))
"""
)


def _rooms():
    return {config.label for config in apps.get_app_configs() if config.name.startswith("ashar.")}


def without_way_back(loader=None):
    """Name every change of tables of ours that cannot be undone or is not one transaction."""
    found = []
    for (room, name), migration in (loader or MigrationLoader(None)).disk_migrations.items():
        if room not in _rooms():
            continue
        if not migration.atomic:
            found.append(f"{room}.{name} is not one transaction")
        found += [
            f"{room}.{name}: {type(step).__name__} has no way back"
            for step in migration.operations
            if not step.reversible
        ]
    return found


@pytest.fixture
def real_migrations(settings):
    """The suite makes its tables without migrations; here they are read."""
    settings.MIGRATION_MODULES = {}


def test_p32_every_change_of_tables_has_a_way_back(real_migrations):
    loader = MigrationLoader(None)
    assert len([node for node in loader.disk_migrations if node[0] in _rooms()]) > 20
    assert without_way_back(loader) == []


def test_p32_notices_a_change_without_a_way_back(real_migrations):
    from django.db.migrations import RunPython  # noqa: PLC0415

    loader = MigrationLoader(None)
    node = next(iter(node for node in loader.disk_migrations if node[0] == "journal"))
    loader.disk_migrations[node].operations.append(RunPython(lambda apps, editor: None))
    try:
        assert without_way_back(loader) == [f"journal.{node[1]}: RunPython has no way back"]
    finally:
        loader.disk_migrations[node].operations.pop()


def broken_steps(machine, script, **changes):
    """Run the walk in an installation; return how many steps were tried and what was left."""
    for old, new in changes.items():
        assert old in script
        script = script.replace(old, new)
    return json.loads(machine.python(script).splitlines()[-1])


@pytest.mark.faults
def test_p32_a_change_that_breaks_leaves_all_as_it_was(machines):
    assert broken_steps(machines("upgraded"), LAST_STEPS) == [1, []]


@pytest.mark.faults
def test_p32_notices_a_change_that_is_not_one_transaction(machines):
    """Without a transaction whatever stops it in the middle leaves tables behind."""
    _steps, found = broken_steps(
        machines("upgraded"),
        LAST_STEPS.replace("found = try", "Migration.atomic = False\nfound = try"),
    )
    assert any("exception in server" in one for one in found)


@pytest.mark.faults
def test_p32_every_change_is_broken_in_both_ways_and_undone(machines):
    machine = machines("walked", empty=True)
    steps, found = broken_steps(machine, WHOLE_WAY)
    assert (steps > 40, found) == (True, [])


FAIL_AFTER = """
from ashar.server import upgrading
from django.db.migrations.executor import MigrationExecutor
from django.db import connection
upgrading.undo({n for n in MigrationExecutor(connection).loader.applied_migrations
                if n[0] != "server"})
assert upgrading.waiting()
class Broken:
    is_whole = False
upgrading.verify = lambda: Broken()
try:
    upgrading.upgrade(print)
except upgrading.UpgradeFailed as failed:
    print(failed)
print(upgrading.waiting())
"""


@pytest.mark.slow
@pytest.mark.faults
def test_p32_an_upgrade_whose_end_is_not_sound_is_undone(machines):
    said = machines("upgraded").python(FAIL_AFTER)
    assert "The tables are as they were" in said
    assert "0001_forms_and_beats" in said.splitlines()[-1]


@pytest.mark.slow
@pytest.mark.faults
def test_an_upgrade_names_its_way_back(machines):
    machine = machines("upgraded")
    assert "belongs to this version" in machine.run("upgrade").stdout
    machine.run("migrate", "server", "zero", "-v0")
    said = machine.run("upgrade").stdout
    assert "The way back: ashar upgrade --back" in said
    file = Path(said.split("--back ")[1].strip())
    back = machine.run("upgrade", "--back", str(file), "--yes")
    assert "Restored and compared" in back.stdout
