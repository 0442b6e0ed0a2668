"""P42: a hundred slow uploads do not block the others, on the real server."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings

pytestmark = pytest.mark.load
SLOW = 100
ASKED = 5
LONGEST = 1.0  # seconds
HEAD = (
    "POST /ky/verify/ HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
    "Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000\r\n\r\n"
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-'
)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def server(folder, *command):
    """A server in a process of its own, with a database of its own."""
    port = free_port()
    environment = {**os.environ, "ASHAR_VAR": str(folder), "PORT": str(port)}
    environment.pop("ASHAR_TEST_DATABASE", None)
    if "postgres" not in environment.get("DATABASE_URL", ""):
        environment["DATABASE_URL"] = ""
    root = Path(settings.BASE_DIR)
    run = [sys.executable, "manage.py"]
    if not environment["DATABASE_URL"]:
        subprocess.run([*run, "migrate", "--verbosity", "0"], cwd=root, env=environment, check=True)
    process = subprocess.Popen(
        [*run, *(part.format(port=port) for part in command)], cwd=root, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _await(port)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()


def _await(port):
    for _try in range(240):
        try:
            if ask(port, 5) < 10:
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server did not start")


def ask(port, patience):
    """Ask for a page; returns the seconds it took."""
    start = time.monotonic()
    line = HTTPConnection("127.0.0.1", port, timeout=patience)
    try:
        line.request("GET", "/ky/verify/")
        answer = line.getresponse()
        answer.read()
        assert answer.status == 200
    finally:
        line.close()
    return time.monotonic() - start


@contextmanager
def slow_uploads(port):
    """People on bad lines: each sends the beginning of a file and then a sign now and then."""
    lines = []
    try:
        for _one in range(SLOW):
            line = socket.create_connection(("127.0.0.1", port), timeout=5)
            line.sendall(HEAD.format(port=port).encode())
            lines.append(line)
        yield lines
    finally:
        for line in lines:
            line.close()


def faults(port):
    """Normal requests that were not served in time while the slow ones are open."""
    found, took = [], []
    with slow_uploads(port) as lines:
        for number in range(ASKED):
            for line in lines:
                line.sendall(b"0")
            try:
                took.append(ask(port, 5))
                if took[-1] > LONGEST:
                    found.append(f"request {number}: {took[-1]:.2f} s")
            except OSError:
                found.append(f"request {number}: not served")
    print(f"{SLOW} slow uploads; normal requests: {[f'{one:.3f} s' for one in took]}")  # noqa: T201
    return found


def test_p42_slow_uploads_do_not_block_the_others(tmp_path):
    with server(tmp_path, "serve", "--port", "{port}", "--no-clock") as port:
        assert faults(port) == []


def test_p42_notices_a_server_that_waits_for_slow_clients(tmp_path):
    command = ("runserver", "--noreload", "--nothreading", "127.0.0.1:{port}")
    with server(tmp_path, *command) as port:
        assert len(faults(port)) >= ASKED - 1
