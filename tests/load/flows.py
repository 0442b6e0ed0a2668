"""What a crowd asks for, and whether the answer came fast enough."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

CLIENT = Path(__file__).with_name("client.py")
CONNECTIONS, ASKERS = 32, 2
SECONDS = 8.0
# The bar of P20 and P41, for two cores.
PER_SECOND, SLOWEST = 300, 0.250
GOOD = frozenset({200, 302, 303, 304})


@dataclass(frozen=True)
class Flow:
    """What a crowd was given."""

    name: str
    engine: str
    per_second: float
    p50: float
    p99: float
    faults: int
    answers: int
    cpu: float = 0.0  # seconds of the server for one answer: what a busy machine cannot hide

    def said(self) -> str:
        return (
            f"{self.engine:<11} {self.name:<34} {self.per_second:7.0f}/s"
            f"  p50 {self.p50 * 1000:6.0f} ms  p99 {self.p99 * 1000:6.0f} ms"
            f"  CPU {self.cpu * 1000:5.1f} ms  {self.faults} faults of {self.answers}"
        )


def cpu_of(processes):
    """Return the seconds of CPU that these processes have used."""
    ticks = 0
    for pid in processes:
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists():
            fields = stat.read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def ask(name, engine, machine, requests, *, once=False, seconds=SECONDS):
    """Let 32 connections ask from two processes; return what they saw."""
    port = machine.port
    shares = [requests[number::ASKERS] if once else requests for number in range(ASKERS)]

    def one(share):
        job = {
            "port": port,
            "connections": CONNECTIONS // ASKERS,
            "seconds": seconds,
            "requests": share,
            "once": once,
        }
        done = subprocess.run(
            [sys.executable, "-S", str(CLIENT)],
            input=json.dumps(job),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    before = cpu_of(machine.processes())
    with ThreadPoolExecutor(ASKERS) as pool:
        told = list(pool.map(one, shares))
    flow = judged(name, engine, told)
    spent = cpu_of(machine.processes()) - before
    return replace(flow, cpu=spent / max(1, flow.answers))


def judged(name, engine, told):
    """Add up what the askers saw."""
    seen = sorted(pair for one in told for pair in map(tuple, one["seen"]))
    good = [span for span, status in seen if status in GOOD]
    lasted = max(one["lasted"] for one in told)
    return Flow(
        name,
        engine,
        per_second=len(good) / lasted,
        p50=good[len(good) // 2] if good else 0.0,
        p99=good[int(len(good) * 0.99)] if good else 0.0,
        faults=len(seen) - len(good),
        answers=len(seen),
    )


def broken(flow):
    """Return what must never happen to a crowd, however slow the machine."""
    found = []
    if flow.faults:
        found.append(f"{flow.faults} of {flow.answers} were not answered")
    if not flow.answers - flow.faults:
        found.append("nobody was answered")
    return found


def missed(flow):
    """Return which figures of P20 and P41 the flow does not reach."""
    found = []
    if flow.per_second < PER_SECOND:
        found.append(f"{flow.per_second:.0f}/s, to hold {PER_SECOND}/s")
    if flow.p99 > SLOWEST:
        found.append(f"p99 {flow.p99 * 1000:.0f} ms, to hold {SLOWEST * 1000:.0f} ms")
    return found
