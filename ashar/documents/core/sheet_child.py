"""Reads a stranger's sheet in a process of its own, which may take little and write nothing.

Run by `sheets.read_sheet` as a bare script, so it imports nothing of Ashar. The sheet comes on
the standard input; rows and faults leave as lines of JSON, and "end" is the last: without it
nothing that was said before counts.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any
from xml.etree import ElementTree as ET

try:
    import resource
except ImportError:  # Windows: the time limit of the parent alone
    resource = None  # type: ignore[assignment]

from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

Said = dict[str, Any]
Limits = dict[str, int]
SEPARATORS = ";,\t|"
LONGEST_RECORD = 50  # lines of one record of a CSV file, where a cell holds line ends
WHOLE = 2**53  # up to here a number with a point holds every whole number
PIECE = 1024 * 1024
# A byte that could not be read, or half a letter.
MARK = re.compile("[\ud800-\udfff]")
OTHER_LETTER = re.compile("[^\x00-\x7f\ud800-\udfff]")
HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
ERROR_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?\bt=[\"']e[\"'][^>]*>")
PLACE = re.compile(rb"\br=[\"'][A-Za-z]+(\d+)[\"']")
ERRORS = frozenset({"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!"})


def confine(memory: int, seconds: int) -> None:
    """Give up most of what a process may do."""
    if resource is None:
        return
    for kind, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NPROC, 0),
        (resource.RLIMIT_NOFILE, 16),
    ):
        resource.setrlimit(kind, (most, most))


def read(content: bytes, limits: Limits) -> Iterator[Said]:
    """Say every row and every fault of a workbook or of a CSV file."""
    if content.startswith(b"PK\x03\x04"):
        yield from read_book(content, limits)
    elif content.startswith((b"\xd0\xcf\x11\xe0", b"%PDF", b"MZ")):
        yield {"row": 0, "fault": "not_a_sheet"}
    else:
        yield from read_lines(content, limits)


def read_book(content: bytes, limits: Limits) -> Iterator[Said]:
    """Say the rows of the first sheet that is shown."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    shown = [
        about.name
        for about in book.sheets_metadata
        if about.typ == SheetTypeEnum.WorkSheet and about.visible == SheetVisibleEnum.Visible
    ]
    if not shown:
        yield {"row": 0, "fault": "empty"}
        return
    yield {"sheets": shown}
    sheet = book.get_sheet_by_name(shown[0])
    if sheet.start is None:
        return
    if sheet.width + sheet.start[1] > limits["columns"]:
        yield {"row": 0, "fault": "too_wide"}
        return
    wrong = rows_with_errors(content, shown[0])
    if None in wrong:
        yield {"row": 0, "fault": "broken"}
        return
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if number in wrong:
            yield {"row": number, "fault": "error_value"}
        else:
            yield from say(number, [spoken(cell) for cell in row], limits)


def rows_with_errors(content: bytes, name: str) -> set[int | None]:
    """Find the rows with a cell like #REF!, which calamine gives as empty."""
    found: set[int | None] = set()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = part_of(archive, name)
        if part is None:
            return found
        with archive.open(part) as opened:
            rest = b""
            while piece := opened.read(PIECE):
                text = rest + piece
                whole = text.rfind(b"<")
                found |= {row_of(cell) for cell in ERROR_CELL.findall(text[:whole])}
                rest = text[whole:] if whole >= 0 else text
    return found


def row_of(cell: bytes) -> int | None:
    """Return the row of a cell; None when the cell does not say where it stands."""
    place = PLACE.search(cell)
    return int(place[1]) if place else None


def part_of(archive: zipfile.ZipFile, name: str) -> str | None:
    """Return the part of an XLSX file that holds the sheet of this name; None in an ODS file."""
    if "xl/workbook.xml" not in archive.namelist():
        return None
    book = ET.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314 - confined
    links = ET.fromstring(  # noqa: S314 - confined
        archive.read("xl/_rels/workbook.xml.rels")
    )
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") and sheet.get("name") == name:
            key = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
            target = targets[key]
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return None


def read_lines(content: bytes, limits: Limits) -> Iterator[Said]:
    """Say the rows of a CSV file; a line that cannot be told is refused, never swallowed."""
    text = decoded(content)
    if text is None or "\x00" in text:
        yield {"row": 0, "fault": "not_a_sheet"}
        return
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    separator, place = separator_of(lines)
    while place < len(lines):
        record, used = record_at(lines, place, separator)
        if record is None:
            yield {"row": place + 1, "fault": "open_quote"}
        else:
            yield from say(place + 1, [cell.strip() or None for cell in record], limits)
        place += used


def decoded(content: bytes) -> str | None:
    """The text; a byte that is no letter in a file of UTF-8 stays marked as such."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError:
            return None
    text = content.decode("utf-8-sig", "surrogateescape")
    if not MARK.search(text):
        return text
    if OTHER_LETTER.search(text):
        return text  # two encodings in one file: the lines in the other are refused
    return content.decode("cp1251", "surrogateescape")


def separator_of(lines: list[str]) -> tuple[str, int]:
    """Return what stands between cells and where the rows begin."""
    head = lines[0].strip()
    if head.lower().startswith("sep=") and len(head) == len("sep=;"):
        return head[-1], 1
    first = next((line for line in lines if line.strip()), "")
    outside = "".join(part for part in first.split('"')[::2])
    return max(SEPARATORS, key=lambda sign: (outside.count(sign), sign == ";")), 0


def record_at(lines: list[str], place: int, separator: str) -> tuple[list[str] | None, int]:
    """Return the record that begins at this line and how many lines it takes."""
    for used in range(1, LONGEST_RECORD + 1):
        if place + used > len(lines):
            break
        if used == 1 and '"' not in lines[place]:
            return lines[place].split(separator), 1
        given = [f"{line}\n" for line in lines[place : place + used]]
        try:
            records = list(csv.reader(given, delimiter=separator, strict=True))
        except csv.Error as fault:
            if "unexpected end" in str(fault):
                continue
            break
        if len(records) == 1:
            return records[0], used
        break
    return (None, 1) if lines[place].strip() else ([], 1)


def say(number: int, cells: list[Any], limits: Limits) -> Iterator[Said]:
    """Say one row: itself, or why it is refused; nothing of an empty one."""
    while cells and cells[-1] is None:
        cells.pop()
    if not cells:
        return
    fault = fault_of(cells, limits)
    yield {"row": number, "fault": fault} if fault else {"row": number, "cells": cells}


def fault_of(cells: list[Any], limits: Limits) -> str:
    """Return why a row cannot be taken, or nothing."""
    texts = [cell for cell in cells if isinstance(cell, str)]
    if len(cells) > limits["columns"]:
        return "too_many_cells"
    if any(len(text) > limits["letters"] for text in texts):
        return "long_cell"
    if any(MARK.search(text) for text in texts):
        return "encoding"
    if any(HIDDEN.search(text) for text in texts):
        return "hidden_signs"
    if any(text in ERRORS for text in texts):
        return "error_value"
    return ""


def spoken(cell: Any) -> Any:
    """Return a cell as JSON can say it."""
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, float):
        return said_number(cell)
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, date):
        return {"day": cell.isoformat()}
    if isinstance(cell, time | timedelta):
        return str(cell)
    return cell


def said_number(cell: float) -> Any:
    """Return whole numbers whole: Excel keeps 14 figures of a number with a point."""
    if cell.is_integer() and abs(cell) < WHOLE:
        return int(cell)
    return cell if abs(cell) < float("inf") else "#NUM!"


def bounded(rows: Iterator[Said], limits: Limits) -> Iterator[Said]:
    """Stop at the limits: what is too much is refused whole, not cut off."""
    spent = count = 0
    for said in rows:
        count += "row" in said
        spent += len(said.get("cells", ())) + sum(
            len(cell) for cell in said.get("cells", ()) if isinstance(cell, str)
        )
        if count > limits["rows"]:
            yield {"row": 0, "fault": "too_many_rows"}
            return
        if spent > limits["together"]:
            yield {"row": 0, "fault": "too_heavy"}
            return
        yield said


def main() -> None:
    """Read one sheet from the standard input."""
    limits: Limits = json.loads(sys.argv[1])
    confine(limits["memory"], limits["cpu"])
    content = sys.stdin.buffer.read()
    write = sys.stdout.write
    try:
        for said in bounded(read(content, limits), limits):
            write(json.dumps(said) + "\n")
    except MemoryError:
        write(json.dumps({"row": 0, "fault": "too_heavy"}) + "\n")
    except Exception:  # noqa: BLE001 - whatever cannot be read is refused
        write(json.dumps({"row": 0, "fault": "broken"}) + "\n")
    write('{"end": true}\n')
    sys.stdout.flush()


if __name__ == "__main__":
    main()
