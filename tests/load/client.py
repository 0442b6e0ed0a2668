"""A crowd at the door: so many connections ask one thing after another; Python alone.

Reads a job as JSON from standard input, answers with what was seen. Run as a process of its own,
twice, so that the asking does not wait for itself.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time

LATE = 60  # seconds after which an answer counts as a fault


async def _answer(reader):
    """Read one answer whole; return its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head[9:12])
    fields = {
        name.strip().lower(): value.strip()
        for name, _sign, value in (
            line.partition(b":") for line in head.split(b"\r\n")[1:] if b":" in line
        )
    }
    if fields.get(b"transfer-encoding") == b"chunked":
        while size := int((await reader.readuntil(b"\r\n")).strip(), 16):
            await reader.readexactly(size + 2)
        await reader.readuntil(b"\r\n")
    elif length := int(fields.get(b"content-length", b"0")):
        await reader.readexactly(length)
    return status


async def _knock(job, asked, until, seen):
    """Ask one thing after another on one connection that stays open."""
    reader = writer = None
    while time.monotonic() < until and asked:
        wanted = asked.pop() if job["once"] else asked[0]
        began = time.monotonic()
        try:
            if writer is None:
                reader, writer = await asyncio.open_connection("127.0.0.1", job["port"])
            writer.write(wanted)
            status = await asyncio.wait_for(_answer(reader), LATE)
        except (OSError, asyncio.IncompleteReadError, TimeoutError, ValueError):
            status, writer = 0, None
        seen.append((time.monotonic() - began, status))
    if writer is not None:
        writer.close()


def _written(job, one):
    """One request as it goes over the wire."""
    body = one.get("body", "").encode()
    lines = [
        f"{'POST' if body else 'GET'} {one['path']} HTTP/1.1",
        f"Host: 127.0.0.1:{job['port']}",
        "Accept-Encoding: gzip",
        *(f"{name}: {value}" for name, value in one.get("headers", {}).items()),
    ]
    if body:
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


async def crowd(job):
    """Let all connections ask at once for some seconds."""
    seen: list = []
    count = job["connections"]
    requests = [_written(job, one) for one in job["requests"]]
    until = time.monotonic() + job["seconds"]
    await asyncio.gather(
        *(
            _knock(job, requests[number::count] if job["once"] else requests, until, seen)
            for number in range(count)
        )
    )
    return {"lasted": time.monotonic() - until + job["seconds"], "seen": seen}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(crowd(json.load(sys.stdin)))))
