"""A PostgreSQL of our own: it can be killed, archived, wiped and brought back to a moment."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from tests.machine import free_port

PROGRAMS = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
BIN = PROGRAMS[-1].parent if PROGRAMS else None
REASON = "no PostgreSQL server is installed (apt install postgresql)"


class Cluster:
    """One server with its data in one folder; PostgreSQL refuses to run as root."""

    def __init__(self):
        # Not among the folders of the tests: those are for their owner only.
        self.folder = Path(tempfile.mkdtemp(prefix="ashar-cluster-"))
        self.data, self.archive = self.folder / "data", self.folder / "archive"
        self.archive.mkdir()
        self.port = free_port()
        self.server = None
        self.owner = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            for path in (self.folder, self.archive):
                shutil.chown(path, self.owner)
        self.run("initdb", "--auth=trust", "--username=postgres", f"--pgdata={self.data}")

    def run(self, program, *words, check=True):
        """Run a program of PostgreSQL as its owner."""
        done = subprocess.run(
            [BIN / program, *words],
            user=self.owner if os.geteuid() == 0 else None,
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
        )
        assert done.returncode == 0 or not check, done.stdout[-1000:] + done.stderr[-3000:]
        return done

    def start(self, *options, data=None):
        """Start the server and wait for it; return the seconds it took."""
        began = time.monotonic()
        settings = ["unix_socket_directories=" + str(self.folder), f"port={self.port}", *options]
        words = [word for one in settings for word in ("-c", one)]
        with (self.folder / "log").open("ab") as log:
            self.server = subprocess.Popen(
                [BIN / "postgres", "-D", data or self.data, *words],
                user=self.owner if os.geteuid() == 0 else None,
                stdout=subprocess.DEVNULL,
                stderr=log,
                cwd=self.folder,
                start_new_session=True,
            )
        while self.ask("SELECT 1", check=False).strip() != "1":
            assert self.server.poll() is None, (self.folder / "log").read_text()[-3000:]
            assert time.monotonic() - began < 120
            time.sleep(0.05)
        return time.monotonic() - began

    def ask(self, question, database="postgres", *, check=True):
        """Ask the server; return its words."""
        return self.run(
            *("psql", "-XAtq", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres"),
            *("-d", database, "-c", question),
            check=check,
        ).stdout

    def address(self, database):
        return f"postgres://postgres@127.0.0.1:{self.port}/{database}"

    def kill(self):
        """Kill -9 the server and all its children; nothing is said goodbye to."""
        children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children").read_text()
        for pid in (self.server.pid, *map(int, children.split())):
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                continue
        self.server.wait()

    def stop(self):
        """Stop in order."""
        if self.server is not None and self.server.poll() is None:
            self.server.send_signal(signal.SIGINT)
            self.server.wait()

    def remove(self):
        """Stop, and leave nothing behind."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)
