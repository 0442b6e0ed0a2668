"""P25, P30, P31 on a PostgreSQL of our own: killed, wiped, brought back to a moment."""

from __future__ import annotations

import shutil
import time

import pytest

from tests.faults import cluster
from tests.faults.conftest import ON_POSTGRESQL
from tests.faults.crowd import Crowd, look, lost_or_torn
from tests.machine import Machine

pytestmark = [
    pytest.mark.slow,
    pytest.mark.faults,
    pytest.mark.skipif(cluster.BIN is None, reason=cluster.REASON),
    pytest.mark.skipif(not ON_POSTGRESQL, reason="says something about PostgreSQL only"),
]
ARCHIVED = ("wal_level=replica", "archive_mode=on", "archive_timeout=30")


@pytest.fixture
def servers():
    """Make clusters; each is stopped at the end."""
    made = []

    def make():
        made.append(cluster.Cluster())
        return made[-1]

    yield make
    for one in made:
        one.remove()


def built(server, folder):
    """An installation on this server, with its tables and the cast."""
    server.ask("CREATE DATABASE ashar")
    return Machine(folder, server.address("ashar")).build()


def test_p25_fifty_kills_of_postgresql(servers, tmp_path, capsys):
    server = servers()
    server.start()
    machine = built(server, tmp_path / "machine")
    machine.start("--no-clock")
    crowd, back = Crowd(machine, 8), []
    try:
        for _time in range(50):
            crowd.begin()
            time.sleep(0.7)
            server.kill()
            crowd.end()
            back.append(server.start())
        for _time in range(3):  # connections of the former server are dropped
            machine.wait("/ky/")
        found = look(machine)
        faults = lost_or_torn(crowd, found)
        with capsys.disabled():
            print(  # noqa: T201 - figures of the promise
                f"\n  50 kills, {len(crowd.acknowledged)} acknowledged, "
                f"{len(faults)} faults, back after {sorted(back)[25]:.2f} s (median)"
            )
        assert faults == []
    finally:
        machine.kill()


def archived(server):
    return (
        *ARCHIVED,
        f"archive_command=test ! -f {server.archive}/%f && cp %p {server.archive}/%f",
    )


def wait_for_archive(server):
    """Close the present piece of the log and wait until it lies in the archive."""
    name = server.ask("SELECT pg_walfile_name(pg_switch_wal())").strip()
    until = time.monotonic() + 60
    while not (server.archive / name).exists():
        assert time.monotonic() < until
        time.sleep(0.1)


def base_backup(server):
    server.run(
        *("pg_basebackup", f"--pgdata={server.folder}/base", "--checkpoint=fast"),
        *("--host=127.0.0.1", f"--port={server.port}", "--username=postgres", "--no-sync"),
    )


def brought_back(server, *options):
    """Start from the base back-up and the archive; return the seconds it took."""
    base = server.folder / "base"
    (base / "recovery.signal").touch()
    shutil.chown(base / "recovery.signal", server.owner)
    return server.start(
        f"restore_command=cp {server.archive}/%f %p",
        "recovery_target_action=promote",
        *options,
        data=base,
    )


def written(server, first, last):
    for number in range(first, last):
        server.ask(
            "INSERT INTO server_sentform (digest, at, answer) "  # noqa: S608 - numbers
            f"VALUES ('n{number}', clock_timestamp(), '')",
            "ashar",
        )


def rows(server):
    answer = server.ask("SELECT digest FROM server_sentform WHERE digest LIKE 'n%'", "ashar")
    return {int(line[1:]) for line in answer.split()}


def test_p30_back_to_the_second_before_a_mistake(servers, tmp_path, capsys):
    server = servers()
    server.start(*archived(server))
    machine = built(server, tmp_path / "machine")
    written(server, 0, 100)
    base_backup(server)
    written(server, 100, 200)
    time.sleep(1.1)
    before = server.ask("SELECT clock_timestamp()").strip()
    time.sleep(1.1)
    server.ask("DROP TABLE server_sentform", "ashar")  # the mistake
    server.ask("CREATE TABLE after_the_mistake (n int)", "ashar")
    wait_for_archive(server)
    server.stop()
    seconds = brought_back(server, f"recovery_target_time={before}")
    found = rows(server)
    extra = server.ask("SELECT to_regclass('after_the_mistake')", "ashar").strip()
    server.run("pg_amcheck", "--install-missing", "-h", "127.0.0.1", "-p", str(server.port),
               "-U", "postgres", "--database=ashar")  # fmt: skip
    whole = machine.python(
        "from ashar.journal.queries.checking import verify; print(verify().is_whole)"
    ).strip()
    with capsys.disabled():
        print(  # noqa: T201 - figures of the promise
            f"\n  {len(found)} of 200 rows, extra: {extra or 'none'}, journal whole: {whole}, "
            f"{seconds:.1f} s"
        )
    assert (found, extra, whole, seconds < 900) == (set(range(200)), "", "True", True)


def test_p30_notices_a_restore_to_the_wrong_moment(servers, tmp_path):
    """Without a moment to stop at, the mistake is repeated: the table is gone again."""
    server = servers()
    server.start(*archived(server))
    server.ask("CREATE DATABASE ashar")
    server.ask("CREATE TABLE server_sentform (digest text, at timestamptz, answer text)", "ashar")
    written(server, 0, 3)
    base_backup(server)
    server.ask("DROP TABLE server_sentform", "ashar")
    wait_for_archive(server)
    server.stop()
    brought_back(server)
    with pytest.raises(AssertionError, match="server_sentform"):
        rows(server)


def test_p31_the_disk_is_lost(servers, tmp_path, capsys):
    server = servers()
    server.start(*archived(server))
    built(server, tmp_path / "machine")
    base_backup(server)
    written(server, 0, 50)
    wait_for_archive(server)
    written(server, 50, 60)
    server.kill()
    shutil.rmtree(server.data)
    seconds = brought_back(server)
    found = rows(server)
    with capsys.disabled():
        print(  # noqa: T201 - figures of the promise
            f"\n  disk lost: {60 - len(found)} of 60 rows since the last archived piece are gone "
            f"(bound: archive_timeout, 30 s); running again after {seconds:.1f} s"
        )
    assert set(range(50)) <= found
    assert seconds <= 60


def test_p31_notices_when_nothing_was_archived(servers):
    """The planted fault: no archive; what was written after the base back-up is gone."""
    server = servers()
    server.start("wal_level=replica")
    server.ask("CREATE DATABASE ashar")
    server.ask("CREATE TABLE server_sentform (digest text, at timestamptz, answer text)", "ashar")
    base_backup(server)
    written(server, 0, 5)
    server.kill()
    shutil.rmtree(server.data)
    brought_back(server)
    assert rows(server) == set()
