"""Charts and the map are sound XML, complete, small and harmless."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from django.utils import translation

from ashar.interface import charts, maps
from ashar.kernel.money import Som

LONG = "Ден соолугунун мүмкүнчүлүгү чектелген балдар үчүн күндүзгү борбор жана кызматтар"


def read(html):
    return ET.fromstring(f"<div>{html.replace('&nbsp;', ' ')}</div>")  # noqa: S314 - our own


def words(html):
    return " ".join(" ".join(read(html).itertext()).split())


def test_long_labels_are_wrapped_and_never_cut():
    html = charts.bar_chart("Needs", [(LONG, 5)])
    lines = re.findall(r'<text y="\d+">([^<]*)</text>', html)
    assert " ".join(lines) == LONG
    assert max(map(len, lines)) <= 38


def test_the_table_says_the_same_numbers():
    with translation.override("ky"):
        html = charts.bar_chart("Budget", [("Plan", Som.of(1_250_000))])
    assert words(html).count("1 250 000,00 сом") == 2


def test_hostile_words_are_only_words():
    html = charts.bar_chart("<b>", [("<script>", 1)], unit="<i>")
    html += charts.stacked_bar("<b>", ["<i>"], [("<script>", [1])])
    html += charts.line_chart("<b>", ["<u>", "2"], [("<script>", [1, 2])])
    html += maps.country_map("<b>", [maps.Point("<script>", 42, 75, '"><x')])
    assert "<script>" in words(html)
    assert not {"script", "b", "u", "x"} & {element.tag for element in read(html).iter()}


def test_charts_of_nothing_are_still_sound():
    read(charts.bar_chart("Empty", []))
    read(charts.bar_chart("Zero", [("a", 0)]))
    read(charts.stacked_bar("Empty", [], []))
    read(charts.line_chart("Empty", [], []))


def test_a_gap_in_a_line_is_not_a_zero():
    html = charts.line_chart("Years", ["2024", "2025", "2026"], [("Plan", [1, None, 3])])
    drawn = re.search(r'points="([^"]*)"', html)
    assert drawn[1] == "0.0,66.7 100.0,0.0"
    assert "–" in words(html)


def test_the_whole_country_is_a_few_kilobytes():
    points = [
        maps.Point("", 39.5 + n * 7 % 360 / 100, 69.5 + n * 131 % 1050 / 100) for n in range(1254)
    ]
    html = maps.country_map("Map", points)
    read(html)
    assert html.count("<path") == 1
    assert len(html) < 16_000


def test_a_linked_place_has_its_name_and_stands_in_the_list():
    html = maps.country_map("Map", [maps.Point("Ош", 40.53, 72.8, "/ky/places/osh/")])
    links = [element for element in read(html).iter() if element.tag.endswith("a")]
    assert [link.get("href") for link in links] == ["/ky/places/osh/"] * 2
    assert maps.placed(maps.NORTH, maps.WEST) == (0, 0)
