"""Machines of their own for tests that kill, cut and restore."""

from __future__ import annotations

import os
import shutil

import pytest
from django.db import connection

from tests.machine import Machine

ON_POSTGRESQL = os.environ.get("DATABASE_URL", "").startswith("postgres")


def on_server(django_db_blocker, *sentences):
    with django_db_blocker.unblock(), connection._nodb_cursor() as cursor:
        for sentence in sentences:
            cursor.execute(sentence)


@pytest.fixture(scope="session")
def model(django_db_setup, django_db_blocker, tmp_path_factory):
    """An installation with its tables and the cast, built once and copied for each test."""
    folder = tmp_path_factory.mktemp("model")
    if not ON_POSTGRESQL:
        yield Machine(folder).build()
        return
    name = f"ashar_model_{os.getpid()}"
    on_server(django_db_blocker, f"DROP DATABASE IF EXISTS {name}", f"CREATE DATABASE {name}")
    address = os.environ["DATABASE_URL"].rpartition("/")[0]
    machine = Machine(folder, f"{address}/{name}").build()
    yield machine
    on_server(django_db_blocker, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def machines(model, tmp_path, django_db_blocker):
    """Make machines: full ones like the model, or empty ones."""
    made = []

    def make(name, *, empty=False, **environment):
        folder = tmp_path / name
        address = ""
        if ON_POSTGRESQL:
            database = f"ashar_{name}_{os.getpid()}"
            source = "template1" if empty else model.database.rpartition("/")[2]
            on_server(
                django_db_blocker,
                f"DROP DATABASE IF EXISTS {database} WITH (FORCE)",
                f"CREATE DATABASE {database} TEMPLATE {source}",
            )
            address = f"{model.database.rpartition('/')[0]}/{database}"
        folder.mkdir()
        if not empty:
            for path in model.folder.glob("*"):
                if path.name.startswith("ashar.sqlite3"):
                    shutil.copy(path, folder)
            if (model.folder / "keys").is_dir():
                shutil.copytree(model.folder / "keys", folder / "keys")
            shutil.copy(model.folder / "secret-key", folder)
        machine = Machine(folder, address, **environment)
        made.append(machine)
        return machine

    yield make
    for machine in made:
        machine.kill()
        if ON_POSTGRESQL:
            database = machine.database.rpartition("/")[2]
            on_server(django_db_blocker, f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")
