"""P34: a spreadsheet cannot stop the service, and no row vanishes."""

from __future__ import annotations

import io
import os
import time
import zipfile

import openpyxl
import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from ashar.documents.choices import SHEET_FAULTS, sheet_sentence
from ashar.documents.core import Limits, read_sheet, sheet_child, sheets
from tests.hostile.corpus import open_document, sheet_file, with_parts

PART = "xl/worksheets/sheet1.xml"
LONGEST = 60  # seconds
CELLS = "".join(f'<c r="{sign}{{row}}" t="inlineStr"><is><t>Асан</t></is></c>' for sign in "ABC")


def sheet_with(rows, dimension="A1:C10"):
    """A workbook of these rows of XML, whatever its dimension says."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    text = f'<worksheet xmlns="{space}"><dimension ref="{dimension}"/><sheetData>{rows}'
    return with_parts(sheet_file(1), {PART: f"{text}</sheetData></worksheet>"})


def plain_rows(count):
    return "".join(f'<row r="{n}">{CELLS.format(row=n)}</row>' for n in range(1, count + 1))


def broken_sheet(rows):
    """One row in twenty shows an error, a hidden sign, or a cell without end."""
    made, broken = [], 0
    for number in range(1, rows + 1):
        cell = f'<c r="D{number}"><v>{number}</v></c>'
        if number % 20 == 0:
            broken += 1
            bad = (f'<c r="D{number}" t="e"><v>#REF!</v></c>',
                   f'<c r="D{number}" t="inlineStr"><is><t>{"x" * 6_000}</t></is></c>')  # fmt: skip
            cell = bad[broken % 2]
        made.append(f'<row r="{number}">{CELLS.format(row=number)}{cell}</row>')
    return sheet_with("".join(made)), broken


def broken_lines(rows):
    """A CSV file in which one row in twenty is in other letters or opens a quote."""
    made, broken = [], 0
    for number in range(1, rows + 1):
        line = f"{number};Асан;Бишкек;12\n".encode()
        if number % 20 == 0:
            broken += 1
            line = (
                f"{number};Асан;Бишкек;12\n".encode("cp1251"),
                f'{number};"Асан;x;1\n'.encode(),
            )[broken % 2]
        made.append(line)
    return b"".join(made), broken


def faults(content, rows, broken, read=read_sheet):
    """What went wrong: a row that vanished or was refused without reason, or too long a time."""
    start, found = time.monotonic(), []
    sheet = read(content)
    if len(sheet.rows) + len(sheet.faults) != rows:
        found.append(f"{rows} rows in the file, {len(sheet.rows)} + {len(sheet.faults)} said")
    if len(sheet.faults) != broken:
        found.append(f"{broken} rows are broken, {len(sheet.faults)} were refused")
    if any(fault.reason not in SHEET_FAULTS for fault in sheet.faults):
        found.append("a row is refused without a sentence")
    numbers = [row.number for row in sheet.rows] + [fault.row for fault in sheet.faults]
    if len(set(numbers)) != len(numbers):
        found.append("a row is said twice")
    if time.monotonic() - start > LONGEST:
        found.append("too slow")
    return found


@pytest.mark.parametrize("made", [broken_sheet, broken_lines])
def test_p34_rows_taken_and_refused_are_all_rows_of_the_file(made):
    content, broken = made(2_000)
    assert faults(content, 2_000, broken) == []


@pytest.mark.trust
@pytest.mark.parametrize("made", [broken_sheet, broken_lines])
def test_p34_thirty_two_thousand_rows(made):
    content, broken = made(32_000)
    assert broken == 1_600
    start = time.monotonic()
    assert faults(content, 32_000, broken) == []
    print(f"{made.__name__}: 32,000 rows in {time.monotonic() - start:.2f} s")  # noqa: T201


@pytest.mark.parametrize("dimension", ["A1:A1", "A1:C3", "C5:C5", "A1:XFD1048576"])
def test_p34_a_false_dimension_hides_no_row(dimension):
    assert faults(sheet_with(plain_rows(10), dimension), 10, 0) == []


def test_p34_a_dimension_that_is_none_is_refused_whole():
    sheet = read_sheet(sheet_with(plain_rows(10), "nonsense"))
    assert (sheet.rows, sheet.faults) == ((), (sheets.Fault(0, "broken"),))


def test_p34_notices_a_reader_that_believes_the_dimension():
    def believing(content):
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        rows = [sheets.Row(n, row) for n, row in enumerate(book.active.values, start=1)]
        return sheets.Sheet(tuple(rows))

    assert faults(sheet_with(plain_rows(10), "A1:C3"), 10, 0, believing) != []


def test_p34_notices_a_row_swallowed_by_a_quote():
    def swallowing(content):
        return sheets.Sheet(tuple(
            sheets.Row(n, tuple(line))
            for n, line in enumerate(sheet_child.csv.reader(io.StringIO(content.decode(
                errors="replace")), delimiter=";"), start=1)
        ))  # fmt: skip

    content, broken = broken_lines(200)
    assert faults(content, 200, broken, swallowing) != []


BOMBS = {
    "a cell at the far end": (lambda: sheet_with(
        '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>'),
        "too_heavy"),
    "a wide sheet": (lambda: sheet_with('<row r="1"><c r="ZZ1"><v>1</v></c></row>'), "too_wide"),
    "a million rows": (lambda: sheet_with("".join(
        f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 100_002))),
        "too_many_rows"),
    "no archive": (lambda: b"PK\x03\x04" + bytes(500), "broken"),
    "a word paper": (lambda: open_document("<x/>"), "broken"),
    "a locked workbook": (lambda: b"\xd0\xcf\x11\xe0" + bytes(500), "old_office"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "not_a_sheet"),
    "nothing": (lambda: b"", "empty"),
    "empty lines": (lambda: b"\n" * 200_000, "empty"),
    "opened quotes": (lambda: b'"a\n' * 30_000 + b"b", ""),
}  # fmt: skip


@pytest.mark.parametrize("kind", BOMBS)
def test_p34_a_bomb_ends_alone(kind):
    made, reason = BOMBS[kind]
    content = made()
    start = time.monotonic()
    sheet = read_sheet(content)
    assert time.monotonic() - start < LONGEST
    if reason:
        assert [(fault.row, fault.reason) for fault in sheet.faults] == [(0, reason)]
        assert sheet.rows == ()
        assert sheet.is_refused


@pytest.mark.trust
def test_p34_half_a_gibibyte_in_one_cell():
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(sheet_with("|"))) as old, zipfile.ZipFile(made, "w", 8) as new:
        for name in old.namelist():
            first, bar, last = (
                old.read(name).partition(b"|") if name == PART else (old.read(name), b"", b"")
            )
            with new.open(name, "w", force_zip64=True) as part:
                part.write(first)
                if bar:
                    part.write(b'<row r="1"><c r="A1" t="inlineStr"><is><t>')
                    for _megabyte in range(512):
                        part.write(b"0" * 2**20)
                    part.write(b"</t></is></c></row>")
                part.write(last)
    start = time.monotonic()
    assert read_sheet(made.getvalue()).faults == (sheets.Fault(0, "too_heavy"),)
    print(f"{len(made.getvalue())} bytes, 512 MiB inside: {time.monotonic() - start:.1f} s")  # noqa: T201


def test_p34_who_reads_too_long_is_ended(monkeypatch, tmp_path):
    sleeper = tmp_path / "sleeper.py"
    sleeper.write_text("import time\ntime.sleep(60)\n")
    monkeypatch.setattr(sheets, "_CHILD", sleeper)
    start = time.monotonic()
    assert read_sheet(b"a;b\n", Limits(seconds=1)).faults[0].reason == "too_heavy"
    assert time.monotonic() - start < 5


CONFINED = """
import json, os, socket, sys
sys.path.insert(0, {folder!r})
import sheet_child
{confine}
did = []
try:
    open({path!r}, "w").write("x" * 10)
    did.append("wrote") if os.path.getsize({path!r}) else None
except OSError:
    pass
try:
    bytearray(700 * 2**20)
    did.append("memory")
except MemoryError:
    pass
print(json.dumps({{"row": 1, "cells": did or ["nothing"]}}))
print('{{"end": true}}')
"""


@pytest.mark.parametrize(
    ("confine", "did"),
    [
        ("sheet_child.confine(600 * 2**20, 20)", ("nothing",)),
        ("", ("wrote", "memory")),  # the planted fault: a child that is not confined
    ],
)
def test_p34_the_reader_cannot_write_nor_take_all_memory(monkeypatch, tmp_path, confine, did):
    folder = os.path.dirname(sheet_child.__file__)  # noqa: PTH120 - only a name
    child = tmp_path / "child.py"
    child.write_text(CONFINED.format(
        folder=folder, confine=confine, path=str(tmp_path / "written")))  # fmt: skip
    monkeypatch.setattr(sheets, "_CHILD", child)
    assert read_sheet(b"a").rows[0].cells == did


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_p34_a_list_is_read_in_each_usual_encoding(encoding):
    sheet = read_sheet("Аты;Саны\nАсан;12\n".encode(encoding))
    assert [row.cells for row in sheet.rows] == [("Аты", "Саны"), ("Асан", "12")]


def test_p34_a_cell_may_hold_lines_and_separators():
    sheet = read_sheet('a,b\n"x, y\nz","5"" кагаз"\n'.encode())
    assert sheet.rows[1].cells == ("x, y\nz", '5" кагаз')


def test_p34_figures_of_a_personal_number_stay_whole():
    content = sheet_with('<row r="1"><c r="A1"><v>2.0990199912345E13</v></c></row>')
    assert read_sheet(content).rows[0].cells == (20990199912345,)


def test_p34_the_command_says_what_it_sees(tmp_path, capsys):
    content, _broken = broken_lines(40)
    (tmp_path / "list.csv").write_bytes(content)
    with override("en"):
        call_command("sheet", str(tmp_path / "list.csv"))
    said = capsys.readouterr().out
    assert "Rows accepted: 38, refused: 2" in said
    assert "1: 1 | Асан | Бишкек | 12" in said
    assert "Row 20: A quotation mark" in said
    (tmp_path / "list.csv").write_bytes(b"")
    with pytest.raises(CommandError):
        call_command("sheet", str(tmp_path / "list.csv"))


@pytest.mark.parametrize("reason", SHEET_FAULTS)
def test_p34_every_refusal_has_its_sentence_in_each_language(reason):
    said = set()
    for language in ("ky", "ru", "en"):
        with override(language):
            said.add(sheet_sentence(reason))
    assert len(said) == 3
