"""P43: each of the 253 requirements of ASVS 5.0 level 2 has an answer that is still true."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache

import pytest
import yaml
from django.conf import settings

from tools import asvs

ROOT = settings.BASE_DIR
LEVELS = {1: 70, 2: 183}
SHAPE = re.compile(r"V(1[0-7]|[1-9])\.\d{1,2}\.\d{1,2}")


@pytest.fixture
def rows():
    return yaml.safe_load((ROOT / "docs" / "asvs.yaml").read_text("utf-8"))


@cache
def names_in(file):
    """The names of the tests that a file defines."""
    path = ROOT / file
    if not path.is_file():
        return frozenset()
    tree = ast.parse(path.read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def faults(rows):
    """Return whatever is wrong with the list."""
    found = []
    numbers = Counter(row["id"] for row in rows)
    found += [f"{number} stands {times} times" for number, times in numbers.items() if times > 1]
    found += [f"{number} is no number" for number in numbers if not SHAPE.fullmatch(number)]
    if Counter(row["level"] for row in rows) != LEVELS:
        found.append("not 70 of level 1 and 183 of level 2")
    for row in rows:
        found += [f"{row['id']}: {fault}" for fault in row_faults(row)]
    return found


def row_faults(row):
    """Return whatever is wrong with one answer."""
    where = row.get("where", "")
    if row["answer"] not in asvs.ANSWERS:
        yield "an answer that is none"
    if not str(row.get("why", "")).strip():
        yield "no reason"
    if row["answer"] == "test" and "::" not in where:
        yield "names no test"
    if row["answer"] in {"reason", "open"} and not where:
        yield "names no file"
    if "::" in where:
        file, _sign, name = where.partition("::")
        if not name.startswith("test_") or name not in names_in(file):
            yield f"there is no {where}"
    elif where and not (ROOT / where).exists():
        yield f"there is no {where}"


def test_p43_every_requirement_is_answered(rows):
    assert faults(rows) == []


def test_p43_the_page_is_written_from_the_list(rows):
    assert asvs.PAGE.read_text("utf-8") == asvs.page(rows)


def test_p43_what_is_open_is_counted(rows):
    told = asvs.page(rows).splitlines()[2]
    assert f"{sum(row['answer'] == 'open' for row in rows)} open" in told


@pytest.mark.parametrize(
    "fault",
    [
        {"id": "V1.1.2"},
        {"id": "V18.1.1"},
        {"level": 3},
        {"answer": "perhaps"},
        {"why": " "},
        {"answer": "test", "where": "tests/trust/test_asvs.py::test_that_is_not_there"},
        {"answer": "test", "where": "tests/trust/test_asvs.py"},
        {"answer": "reason", "where": "docs/not-there.md"},
        {"answer": "open", "where": ""},
    ],
)
def test_p43_notices_a_row_that_is_not_in_order(rows, fault):
    assert faults([rows[0] | fault, *rows[1:]]) != []


def test_p43_notices_a_row_left_out(rows):
    assert faults(rows[1:]) != []
