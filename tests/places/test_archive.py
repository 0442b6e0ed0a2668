"""The archive of the pilot: every figure stands in its quote, every quote in the source."""

from __future__ import annotations

import csv
import os
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
ARCHIVE = ROOT / "data" / "archive" / "municipal-social-order-2013-2015.yaml"
SOURCES = Path(os.environ.get("ASHAR_SHARED", ROOT.parent / "shared"))
SOURCE = SOURCES / "sources" / "4-municipal-social-order.txt"
IN_WORDS = {"двух с половиной тысяч": 2500, "двух": 2, "четырем": 4}
BOUND_WORDS = {"more_than": "более", "at_least": "не менее", "about": "примерно"}
DATA = yaml.safe_load(ARCHIVE.read_text(encoding="utf-8"))


def squeezed(text):
    """Slides break lines inside words and figures; spaces are no part of what they say."""
    return re.sub(r"\s+", "", text)


def walk(node):
    yield node
    for child in node.values() if isinstance(node, dict) else node:
        if isinstance(child, dict | list):
            yield from walk(child)


NODES = [node for node in walk(DATA) if isinstance(node, dict)]
FIGURES = [node for node in NODES if "literal" in node and "value" in node]
QUOTED = [node for node in NODES if "quote" in node]
WORDED = [node for node in NODES if "ru" in node]


@pytest.fixture(scope="module")
def source():
    if not SOURCE.exists():
        pytest.skip(f"the text of the presentation is not on this machine: {SOURCE}")
    return squeezed(SOURCE.read_text(encoding="utf-8"))


def test_every_quote_stands_in_the_source(source):
    assert [node["quote"] for node in QUOTED if squeezed(node["quote"]) not in source] == []


def test_every_need_topic_and_conclusion_stands_in_the_source(source):
    worded = [
        *DATA["needs_study"]["needs"]["names"],
        *DATA["needs_study"]["topics"]["names"],
        *DATA["trust_survey"]["conclusions"],
        *(statement for project in DATA["projects"] for statement in project["statements"]),
    ]
    assert [words["ru"] for words in worded if squeezed(words["ru"]) not in source] == []


def test_shares_stand_in_the_source(source):
    shares = [row["share"] for row in DATA["financing"]["sources"]]
    assert [share["percent"] for share in shares] == [79, 11, 10]
    assert all(share["literal"] == f"{share['percent']}%" for share in shares)
    assert squeezed("".join(share["literal"] for share in shares)) in source


def test_no_name_of_a_teacher_is_kept(source):
    written = ARCHIVE.read_text(encoding="utf-8")
    text = SOURCE.read_text(encoding="utf-8")
    words = re.findall(r"Учитель:\s*(\S+)", text)
    assert len(words) == 3
    assert [word for word in words if word in written] == []


@pytest.mark.parametrize("figure", FIGURES, ids=lambda figure: figure["key"])
def test_every_figure_is_the_one_in_its_quote(figure):
    assert re.search(rf"(?<![\d,]){re.escape(figure['literal'])}(?![\d,])", figure["quote"])
    assert number(figure) == figure["value"]


def number(figure):
    literal = figure["literal"]
    if isinstance(figure["value"], date):
        day, _month, year = literal.split()
        return date(int(year), 8, int(day))
    if literal in IN_WORDS:
        return IN_WORDS[literal]
    return Decimal(literal.replace(" ", "").replace(",", ".")) * figure.get("scale", 1)


@pytest.mark.parametrize(
    "figure", [figure for figure in FIGURES if "scale" not in figure], ids=lambda f: f["key"]
)
def test_the_bound_is_the_one_in_the_quote(figure):
    said = [bound for bound, words in BOUND_WORDS.items() if words in figure["quote"].lower()]
    assert said == [figure["bound"]] if figure.get("bound", "exactly") != "exactly" else True


def test_the_counts_of_the_slides():
    assert len(DATA["needs_study"]["needs"]["names"]) == 19
    assert len(DATA["needs_study"]["topics"]["names"]) == 9
    assert len(DATA["municipalities"]) + DATA["unnamed_municipalities"] == 12
    assert sum(issue["projects"] for issue in DATA["results"]["issues"]) == 11
    for issue in DATA["results"]["issues"]:
        named = [row for row in DATA["municipalities"] if row["issue"] == issue["key"]]
        assert (issue["key"], len(named)) == (issue["key"], issue["projects"])
        assert str(issue["projects"]) == issue["literal"]


def test_cut_names_keep_their_ellipsis():
    cut = [row["key"] for row in DATA["needs_study"]["needs"]["names"] if "…" in row["ru"]]
    assert cut == ["training", "evening_school", "legal_aid"]


def test_every_russian_wording_has_a_kyrgyz_one():
    assert [words["ru"] for words in WORDED if not words.get("ky")] == []


def test_places_are_those_of_the_resolved_list_with_its_confidence():
    with (ROOT / "data/places/seed_municipalities.csv").open(encoding="utf-8") as file:
        rows = {row["name_in_seed"]: row for row in csv.DictReader(file) if row["seed"] == "004"}
    places = [*DATA["municipalities"], *(project["place"] for project in DATA["projects"])]
    stated = {(row["name"], row["code"] or "", row["confidence"]) for row in places}
    assert stated == {(name, row["code"], row["confidence"]) for name, row in rows.items()}


def test_an_absent_figure_is_null_and_never_nought():
    zeros = [node for node in NODES for value in node.values() if value == 0 and value is not False]
    assert zeros == []
    assert [row["participants"] for row in DATA["municipalities"]].count(None) == 8


def test_keys_are_not_repeated_and_references_lead_somewhere():
    municipalities = [row["key"] for row in DATA["municipalities"]]
    assert len(set(municipalities)) == len(municipalities)
    for project in DATA["projects"]:
        assert project["municipality"] in municipalities
        keys = [figure["key"] for figure in project["figures"]]
        assert len(set(keys)) == len(keys)
