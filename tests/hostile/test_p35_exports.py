"""P35: what leaves as a table carries no formula, however it is read back."""

from __future__ import annotations

import csv
import io
import unicodedata

import django_tables2 as tables
import openpyxl
import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from ashar.interface import exports, lists
from ashar.interface.exports import csv_answer
from ashar.interface.lists import AsharTable, excel

SIGNS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
HIDDEN = [
    "",
    "\ufeff",
    "\u200b",
    "\u200e",
    "\u202e",
    "\x00",
    "\x01",
    "\x1f",
    " ",
    "\u00a0",
    "\u2060",
]
NASTY = [f"{hidden}{sign}1+1" for hidden in HIDDEN for sign in SIGNS] + [
    "=cmd|'/C calc'!A0",
    '=HYPERLINK("http://x.example";"a")',
    "@SUM(1)",
    "x;=1+1",
    'x",=1+1',
    "\ud800=1",
]
text = st.one_of(
    st.sampled_from(NASTY),
    st.text(max_size=20),
    st.builds("{}{}".format, st.sampled_from([h + s for h in HIDDEN for s in SIGNS]), st.text(max_size=9)),
)  # fmt: skip


class Rows(AsharTable):
    what = tables.Column()


def begins_formula(cell):
    """Whether a careless program takes the cell for a formula; told independently of our code."""
    if cell[:1] in {"\t", "\r", "\n"} and cell:
        return True
    for sign in cell:
        if unicodedata.normalize("NFKC", sign)[:1] in {"=", "+", "-", "@"} or sign == "\u2212":
            return True
        if sign.isprintable() and not sign.isspace():
            return False
    return False


def csv_faults(values):
    """Cells of a CSV file that a program could run, and cells that went astray."""
    answer = csv_answer("a.csv", [[value, 5] for value in values])
    said = answer.content.decode("utf-8-sig")
    found = []
    read = list(csv.reader(io.StringIO(said, newline="")))
    if len(read) != len(values):
        found.append(f"{len(values)} rows became {len(read)}")
    for row in read:
        found += [cell for cell in row if begins_formula(cell)]
    # A program set to Russian separates by semicolons: no cell may come apart there either.
    for row in csv.reader(io.StringIO(said, newline=""), delimiter=";"):
        found += [cell for cell in row[1:] if begins_formula(cell)]
    return found


def excel_faults(values):
    """Cells of a workbook that are formulas, or that would become one when edited."""
    with translation.override("en"):
        content = excel(Rows([{"what": value} for value in values]), "List").content
    found = []
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    for (cell,) in sheet.iter_rows(min_row=2, max_row=len(values) + 1):
        if cell.data_type == "f" or cell.value.__class__.__name__ == "ArrayFormula":
            found.append(f"formula: {cell.value!r}")
        elif isinstance(cell.value, str) and begins_formula(cell.value) and not cell.quotePrefix:
            found.append(f"would become a formula: {cell.value!r}")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    read = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    if len(read) != len(values) + 1:
        found.append(f"{len(values)} rows became {len(read) - 1}")
    return found


def test_p35_nothing_nasty_leaves_as_a_formula():
    assert csv_faults(NASTY) == []
    assert excel_faults([*NASTY, "the end"]) == []


def test_p35_words_and_figures_stay_as_they_are():
    read = list(
        csv.reader(
            io.StringIO(csv_answer("a.csv", [["Асан", 5, None, -3]]).content.decode("utf-8-sig"))
        )
    )
    assert read == [["Асан", "5", "", "-3"]]
    with translation.override("ky"):
        content = excel(Rows([{"what": "+996 555 123456"}]), "List").content
    cell = openpyxl.load_workbook(io.BytesIO(content)).active["A2"]
    assert (cell.value, cell.quotePrefix) == ("+996 555 123456", True)


@settings(max_examples=60)
@given(st.lists(text, min_size=1, max_size=30))
def test_p35_whatever_people_type_few(values):
    assert csv_faults(values) == []
    assert excel_faults([*values, "the end"]) == []


@pytest.mark.trust
@settings(max_examples=1_500)
@given(st.lists(text, min_size=14, max_size=20))
def test_p35_fifteen_hundred_workbooks_and_twenty_thousand_rows(values):
    assert csv_faults(values) == []
    assert excel_faults([*values, "the end"]) == []


def test_p35_notices_when_the_neutraliser_is_gone(monkeypatch):
    monkeypatch.setattr(exports, "looks_like_formula", lambda _text: False)
    monkeypatch.setattr(lists, "looks_like_formula", lambda _text: False)
    assert len(csv_faults(NASTY)) > 40
    assert excel_faults([*NASTY, "the end"]) != []


def test_p35_notices_cells_that_are_not_quoted(monkeypatch):
    monkeypatch.setattr(exports.csv, "QUOTE_ALL", exports.csv.QUOTE_MINIMAL)
    assert csv_faults(["x;=1+1"]) != []
