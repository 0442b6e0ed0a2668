"""The readable page, the console text and the diagrams."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from ashar.kernel.text import Wording
from ashar.procedures.draw import WIDTH, mermaid, svg
from ashar.procedures.explain import as_text, explain


def test_a_move_in_words(procedure, library):
    text = explain(procedure, library, "ru")
    (track,) = text.tracks
    decide = track.stages[2].moves[0]
    assert (decide.title, decide.by, decide.to_title) == (
        "Принять решение", ("Конкурсная комиссия",), "Решение принято",
    )  # fmt: skip
    assert decide.conditions == (
        "есть кворум (Кворум: не установлено)", "приложены: Протокол комиссии",
    )  # fmt: skip
    assert decide.effects == ("уведомляется: Участник",)
    assert decide.cite == "Порядок конкурса, ст. 12, п. 3"
    assert track.stages[0].is_first
    assert [stage.is_final for stage in track.stages] == [False] * 4 + [True] * 3


def test_figures_say_how_sure_they_are_and_whose(procedure, library):
    figures = {one.name: one for one in explain(procedure, library, "en").figures}
    assert figures["quorum_share"].is_unknown
    assert figures["complaint_term"].status_said == "reported"
    assert figures["complaint_term"].cite == "Contest rules, art. 7"
    trained = procedure.with_profile(library.profile("training"))
    figure = {one.name: one for one in explain(trained, library, "en").figures}["quorum_share"]
    assert (figure.value, figure.status_said, figure.whose, figure.cite) == (
        "2/3", "assumed for training", "Training settings", "",
    )  # fmt: skip


def test_clocks_and_implicit_actors(procedure, library):
    stages = explain(procedure, library, "en").tracks[0].stages
    assert stages[1].clock.until == "the announced moment"
    assert stages[3].clock.lasts.value == "5 working days"
    assert stages[3].moves[0].by == ("Applicant", "anyone signed in")
    assert stages[1].moves[0].is_clock


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_as_text(procedure, library, language):
    text = as_text(procedure, library, language)
    assert text.startswith(procedure.title.say(language) + "\n=")
    for stage in procedure.tracks["call"].stages.values():
        assert f"  * {stage.title.say(language)}" in text


def test_unknown_figures_are_listed(procedure, library):
    names = [one.name for one in explain(procedure, library, "ky").unknown_figures]
    assert names == [number.name for number in procedure.unknown_numbers]


def test_mermaid(procedure, track):
    lines = mermaid(procedure, track, "en").splitlines()
    assert lines[0] == "stateDiagram-v2"
    assert '    state "Preparing" as preparing' in lines
    assert "    [*] --> preparing" in lines
    assert "    preparing --> open: Announce (Customer)" in lines
    assert "    awarded --> [*]" in lines


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_svg_is_whole_and_fits_a_phone(procedure, track, language):
    picture = ET.fromstring(svg(procedure, track, language, "open"))  # noqa: S314 - our own
    name = "{http://www.w3.org/2000/svg}"
    assert picture.get("viewBox").split()[2] == str(WIDTH) == "360"
    boxes = picture.findall(f"{name}rect")
    assert len(boxes) == len(track.stages)
    assert [box.get("stroke-width") for box in boxes].count("3") == 1
    moves = sum(len(stage.moves) for stage in track.stages.values())
    assert len(picture.findall(f"{name}path")) == 2 * moves
    words = " ".join(text.text for text in picture.findall(f"{name}text"))
    for stage in track.stages.values():
        assert stage.title.say(language) in words
    assert max(len(text.text) for text in picture.findall(f"{name}text")) <= 38
    assert picture.find(f"{name}desc").text


def test_svg_escapes(procedure, track):
    sharp = replace(track, title=Wording("<script>", "<script>"))
    assert "<script>" not in svg(procedure, sharp, "ky")
