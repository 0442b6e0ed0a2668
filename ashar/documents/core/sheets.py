"""Sheets that strangers send: read whole, row by row, where they can do no harm.

Every row of the file that is not empty comes back: accepted in `rows`, or refused in `faults`
with its reason. A fault of row 0 concerns the whole file, and then there are no rows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from ashar.documents.core.refused import MEGABYTE

Cell = str | int | bool | Decimal | date | datetime | None
WHOLE_FILE = 0
_NEEDED = ("SYSTEMROOT",)  # without it no process starts on Windows
_CHILD = Path(__file__).with_name("sheet_child.py")


@dataclass(frozen=True)
class Limits:
    """How much of everything a sheet may take."""

    size: int = 20 * MEGABYTE  # of the file
    rows: int = 100_000
    columns: int = 200
    letters: int = 5_000  # in one cell
    together: int = 40_000_000  # cells and letters of the whole sheet
    memory: int = 600 * MEGABYTE
    cpu: int = 20  # seconds
    seconds: int = 30  # by the clock


@dataclass(frozen=True)
class Row:
    """A row as it stands in the file, with its number there; empty cells are None."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Fault:
    """Why a row, or the whole file (row 0), is refused: a key of `choices.SHEET_FAULTS`."""

    row: int
    reason: str


@dataclass(frozen=True)
class Sheet:
    """What was found: rows that can be taken, and those that cannot."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    names: tuple[str, ...] = ()  # of the sheets that are shown; the first was read

    @property
    def is_refused(self) -> bool:
        """Whether the file as a whole cannot be taken."""
        return any(fault.row == WHOLE_FILE for fault in self.faults)


def read_sheet(content: bytes, limits: Limits | None = None) -> Sheet:
    """Read an XLSX, ODS or CSV file in a process of its own."""
    limits = limits or Limits()
    if not content:
        return _refused("empty")
    if len(content) > limits.size:
        return _refused("too_large")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return _refused("old_office")
    command = [sys.executable, "-I", "-B", str(_CHILD), json.dumps(asdict(limits))]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command; the file is on its input only
            command,
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            cwd="/",
            env={name: os.environ[name] for name in _NEEDED if name in os.environ},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _refused("too_heavy")
    return _heard(done.stdout.decode().splitlines())


def _refused(reason: str) -> Sheet:
    return Sheet(faults=(Fault(WHOLE_FILE, reason),))


def _heard(lines: Sequence[str]) -> Sheet:
    """Put together what the child said, if it came to its end."""
    if not lines or lines[-1] != '{"end": true}':
        return _refused("too_heavy")
    names: list[str] = []
    rows, faults = [], []
    for line in lines[:-1]:
        said: dict[str, Any] = json.loads(line, parse_float=Decimal)
        if "sheets" in said:
            names = said["sheets"]
        elif "fault" in said:
            faults.append(Fault(said["row"], said["fault"]))
        else:
            rows.append(Row(said["row"], tuple(_cell(cell) for cell in said["cells"])))
    whole = [fault for fault in faults if fault.row == WHOLE_FILE]
    if whole:
        return Sheet(faults=(whole[0],), names=tuple(names))
    if not rows and not faults:
        return _refused("empty")
    return Sheet(tuple(rows), tuple(faults), tuple(names))


def _cell(said: Any) -> Cell:
    if isinstance(said, dict):
        if "day" in said:
            return date.fromisoformat(said["day"])
        return datetime.fromisoformat(said["moment"])
    return said  # type: ignore[no-any-return]
