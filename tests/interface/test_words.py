"""Names, amounts and days are written as the language of the reader does."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.utils import translation

from ashar.kernel.money import Som
from ashar.kernel.text import Wording

PLACE = SimpleNamespace(name_ky="Көл", name_ru="Озеро", name_en="", title_ky="Т")


def write(source, language, **context):
    with translation.override(language):
        return Template("{% load ashar %}" + source).render(Context(context))


@pytest.mark.parametrize(("language", "name"), [("ky", "Көл"), ("ru", "Озеро"), ("en", "Көл")])
def test_names(language, name):
    assert write("{{ place|named }}", language, place=PLACE) == name


def test_other_words_of_a_thing():
    assert write('{{ place|named:"title" }}', "ru", place=PLACE) == "Т"
    assert write("{{ wording|say }}", "ru", wording=Wording("Суу", "Вода")) == "Вода"
    assert write("{{ nothing|named }}{{ nothing|say }}{{ nothing|som }}", "ky", nothing=None) == ""


@pytest.mark.parametrize(
    ("language", "amount"),
    [("ky", "1 234,56 сом"), ("ru", "1 234,56 сом"), ("en", "1 234.56 som")],
)
def test_amounts(language, amount):
    written = write("{{ amount|som }}", language, amount=Som.of(1234, 56))
    assert written.replace("\u00a0", " ") == amount


@pytest.mark.parametrize(
    ("language", "day"),
    [
        ("ky", "2026-жылдын 21-ноябры"),
        ("ru", "21 ноября 2026 г."),
    ],
)
def test_days(language, day):
    assert write("{{ day|day }}", language, day=date(2026, 11, 21)) == day


def test_a_moment_is_bishkek_time():
    moment = datetime(2026, 11, 21, 20, 30, tzinfo=UTC)
    assert write("{{ moment|moment }}", "ky", moment=moment) == "2026-жылдын 22-ноябры, 02:30"


def test_the_ribbon_marks_the_present_stage():
    steps = [
        SimpleNamespace(title=Wording("А", "А"), is_passed=True, is_present=False),
        SimpleNamespace(title=Wording("Б", "Б"), is_passed=False, is_present=True),
    ]
    html = write("{% ribbon steps %}", "ky", steps=steps)
    assert html.count('aria-current="step"') == 1
    assert html.index("ashar-ribbon__step--passed") < html.index("ashar-ribbon__step--present")
