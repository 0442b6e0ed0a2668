"""The real server: requests a second, and the bytes of a first visit as they go over the wire."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from tools.benching.probe import HOST, cpu_of

CONNECTIONS = 8
SECONDS = 8.0
START_SECONDS = 30.0
ASSET = re.compile(r"""(?:href|src)=["'](/static/[^"'#]+)""")
IN_STYLE = re.compile(r"""url\(["']?([^"')#]+)""")


@dataclass(frozen=True)
class Flow:
    """What the server gave in some seconds, and the CPU it spent on each request."""

    per_second: float
    cpu: float
    failed: int


@dataclass(frozen=True)
class Visit:
    """All files of a first visit: how many, bytes unpacked, on the wire, and if packed."""

    files: int
    raw: int
    wire: int
    gzipped: int


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def server(processes: int) -> Iterator[tuple[int, int]]:
    """Run the embedded server as an installation does; give its port and its process."""
    port = free_port()
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, str(root / "manage.py"), "serve", "--no-clock", "--port", str(port)]
    if processes > 1:
        command += ["--processes", str(processes)]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL) as running:
        try:
            _wait_for(port, running)
            yield port, running.pid
        finally:
            running.terminate()
            try:
                running.wait(15)
            except subprocess.TimeoutExpired:
                running.kill()


def _wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        if running.poll() is not None:
            raise RuntimeError("the server did not start")
        try:
            _ask(port, "/ky/", {})
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError("the server did not answer in time")


def _ask(port: int, path: str, headers: dict[str, str]) -> tuple[int, bytes, bool]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        line.request("GET", path, headers={"Host": HOST, **headers})
        answer = line.getresponse()
        return answer.status, answer.read(), answer.getheader("Content-Encoding") == "gzip"
    finally:
        line.close()


def visit(port: int, path: str, session: str = "") -> Visit:
    """Fetch a page and every file it names, as a browser without a cache does."""
    packed = {"Accept-Encoding": "gzip", "Cookie": f"sessionid={session}"}
    waiting, seen = [path], {path}
    raw = wire = gzipped = 0
    while waiting:
        address = waiting.pop()
        _status, body, is_packed = _ask(port, address, packed)
        plain = gzip.decompress(body) if is_packed else body
        raw, wire = raw + len(plain), wire + len(body)
        gzipped += len(gzip.compress(plain, 6))
        pattern = IN_STYLE if address.endswith(".css") else ASSET
        is_text = address == path or address.endswith(".css")
        named = pattern.findall(plain.decode("utf-8", "replace")) if is_text else []
        found = {urljoin(address, one) for one in named if not one.startswith("data:")} - seen
        seen |= found
        waiting += sorted(found)
    return Visit(len(seen), raw, wire, gzipped)


def flow(port: int, process: int, path: str, session: str) -> Flow:
    """Ask for a page from several connections at once for some seconds."""
    headers = {"Host": HOST, "Cookie": f"sessionid={session}"}
    counts = [[0, 0] for _ in range(CONNECTIONS)]
    before, began = _cpu_of_all(process), time.monotonic()
    threads = [
        threading.Thread(target=_knock, args=(port, path, headers, began + SECONDS, mine))
        for mine in counts
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lasted = time.monotonic() - began
    done = sum(good for good, _bad in counts)
    spent = _cpu_of_all(process) - before
    failed = sum(bad for _good, bad in counts)
    return Flow(done / lasted, spent * 1000 / max(done, 1), failed)


def _knock(port: int, path: str, headers: dict[str, str], until: float, mine: list[int]) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.monotonic() < until:
        line.request("GET", path, headers=headers)
        answer = line.getresponse()
        answer.read()
        mine[0 if answer.status == http.client.OK else 1] += 1
    line.close()


def _cpu_of_all(process: int) -> float:
    """Return the CPU of a process and of everything it started, in seconds."""
    below: dict[int, list[int]] = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
        below.setdefault(parent, []).append(int(folder.name))
    waiting, total = [process], 0.0
    while waiting:
        one = waiting.pop()
        total += cpu_of(one)
        waiting += below.get(one, [])
    return total


def processes_for(vendor: str) -> int:
    """Two processes on PostgreSQL; SQLite is served by one."""
    return 1 if vendor == "sqlite" else min(2, os.cpu_count() or 1)
