"""P10: plaintext never touches the server's disk before the opening."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
HUNT = Path(__file__).with_name("plaintext_hunt.py")
AT_LEAST = 3 * 3 * 1024 * 1024  # three sealed papers of 3 MB lie there, so much was searched


@pytest.fixture
def database():
    """The address of an empty database of the same kind; SQLite makes its own file."""
    if connection.vendor != "postgresql":
        yield ""
        return
    name = f"plaintext_{uuid4().hex[:12]}"
    outside = connection.get_new_connection(
        {**connection.get_connection_params(), "dbname": "postgres"}
    )
    outside.autocommit = True
    outside.execute(f"CREATE DATABASE {name}")
    given = settings.DATABASES["default"]
    door = f"{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT'] or 5432}"
    yield f"postgres://{door}/{name}"
    outside.execute(f"DROP DATABASE {name} WITH (FORCE)")
    outside.close()


def places(folder, database, *planted):
    """Where the canaries were found; every way of handing in was gone, in a process of its own."""
    outside = {"ASHAR_VAR", "ASHAR_TEST_DATABASE", "DATABASE_URL", "ASHAR_KEYS"}
    environment = {key: value for key, value in os.environ.items() if key not in outside}
    if database:
        environment["DATABASE_URL"] = database
    done = subprocess.run(
        [sys.executable, str(HUNT), str(folder), *planted],
        capture_output=True,
        text=True,
        env=environment,
        cwd=settings.BASE_DIR,
        check=False,
    )
    log = folder / "log"
    assert done.returncode == 0, log.read_text()[-3000:] if log.exists() else done.stderr
    searched, *found = done.stdout.splitlines()
    assert int(searched.split()[0]) > AT_LEAST
    return [one for one in found if one]


def test_p10_nothing_readable_is_ever_written(tmp_path, database):
    assert places(tmp_path / "hunt", database) == []


def test_p10_the_search_notices_when_uploads_go_through_the_disk(tmp_path, database):
    assert places(tmp_path / "hunt", database, "planted") != []
