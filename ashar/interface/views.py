"""One page with every part of the design, for those who build pages and for the browser tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import django_tables2 as tables
from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods
from django_tables2.config import RequestConfig

from ashar.interface import charts, maps
from ashar.interface.forms import (
    AsharForm,
    DayField,
    MomentField,
    SomFormField,
    UploadField,
    WholeNumberField,
    rows_of,
    wording_pair,
)
from ashar.interface.lists import AsharTable, DayColumn, NamedColumn, SomColumn
from ashar.kernel.money import Som
from ashar.kernel.text import Wording

GROUPS = [("women", "Аялдар"), ("youth", "Жаштар"), ("disability", "Майыптуулугу бар адамдар")]


class SampleForm(AsharForm):
    """Every kind of field."""

    title_ky, title_ru = wording_pair("Аталышы", help_text="Жарыяда ушундай жазылат.")
    money = SomFormField(label="Суммасы", help_text="Мисалы: 1 234,56")
    day = DayField(
        label="Күнү", not_before=date(2026, 1, 1), not_before_reason="Программа 2026-жылы башталат."
    )
    closes_at = MomentField(label="Өтүнмөлөр ушул убакытка чейин кабыл алынат", required=False)
    people = WholeNumberField(label="Катышуучулардын саны")
    group = forms.ChoiceField(label="Аялуу топ", choices=GROUPS, widget=forms.RadioSelect)
    groups = forms.MultipleChoiceField(
        label="Кимдерге арналган", choices=GROUPS, widget=forms.CheckboxSelectMultiple
    )
    district = forms.ChoiceField(label="Район", choices=[("", "Тандаңыз"), *GROUPS])
    need = forms.CharField(
        label="Муктаждыктын сүрөттөлүшү", widget=forms.Textarea(attrs={"rows": 4})
    )
    paper = UploadField(label="Протокол", required=False)
    agreed = forms.BooleanField(label="Маалыматтын тууралыгын ырастайм")


class SampleLine(AsharForm):
    """One line of a budget."""

    name = forms.CharField(label="Чыгымдын аталышы")
    amount = SomFormField(label="Суммасы")


SampleLines = rows_of(SampleLine, extra=2, least=1)


@dataclass(frozen=True)
class Sample:
    """A row of the sample list."""

    pk: int
    name_ky: str
    amount: Som
    until: date


class SampleTable(AsharTable):
    """The sample list."""

    name = NamedColumn(verbose_name="Аталышы", order_by="name_ky")
    amount = SomColumn(verbose_name="Суммасы")
    until = DayColumn(verbose_name="Мөөнөтү")
    stage = tables.Column(verbose_name="Баскычы", default="–", orderable=False)


SAMPLES = [
    Sample(1, "Мектепке чейинки балдар үчүн күндүзгү борбор", Som.of(1_250_000), date(2026, 12, 1)),
    Sample(
        2,
        "Улгайган жарандарга үйдөн жардам көрсөтүү кызматы",
        Som.of(480_500, 75),
        date(2026, 3, 15),
    ),
    Sample(3, "Таза суу", Som.of(96_000), date(2027, 1, 20)),
]


@dataclass(frozen=True)
class Step:
    """A step of the sample ribbon."""

    title: Wording
    is_passed: bool = False
    is_present: bool = False


STEPS = [
    Step(Wording("Даярдоо", "Подготовка", "Preparing"), is_passed=True),
    Step(Wording("Өтүнмөлөрдү кабыл алуу", "Приём заявок", "Open"), is_passed=True),
    Step(Wording("Баалоо", "Оценка", "Scoring"), is_present=True),
    Step(Wording("Жыйынтыгын жарыялоо", "Объявление итогов", "Outcome")),
    Step(Wording("Келишим түзүү", "Договор", "Agreement")),
]
PLACES = [
    maps.Point("Бишкек", 42.87, 74.59, "#bishkek", weight=40),
    maps.Point("Ош", 40.53, 72.80, "#osh", weight=12),
    maps.Point("Каракол", 42.49, 78.39, "#karakol"),
    maps.Point("Нарын", 41.43, 75.99, "#naryn"),
    maps.Point("Баткен", 40.06, 70.82, "#batken"),
    *(maps.Point("", 40 + (n * 37 % 300) / 100, 70 + (n * 91 % 950) / 100) for n in range(600)),
]


def _charts() -> dict[str, Any]:
    needs = [
        ("Таза ичүүчү суу менен камсыз кылуу", 312),
        ("Мектепке чейинки балдардын күндүзгү борбору", 208),
        ("Ден соолугунун мүмкүнчүлүгү чектелген балдар үчүн кызматтар", 97),
    ]
    years = ["2021", "2022", "2023", "2024", "2025"]
    parts = [("Ак-Булун", (120, 80, 30)), ("Тегизчил", (60, 75, 12))]
    return {
        "bars": charts.bar_chart("Муктаждыктар", needs, unit="добуш"),
        "stack": charts.stacked_bar("Катышуучулар", ["Аялдар", "Эркектер", "Балдар"], parts),
        "lines": charts.line_chart(
            "Бюджет", years, [("План", [10, 14, 20, 26, 30]), ("Иш жүзүндө", [8, 13, None, 22, 27])]
        ),
        "map": maps.country_map("Конкурстар өткөн жерлер", PLACES),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def style(request: HttpRequest) -> HttpResponse:
    """Show every part of the design; there is no such page on a real installation."""
    if not settings.DEBUG:
        raise Http404
    data = request.POST or None
    form = SampleForm(data, request.FILES or None)
    lines = SampleLines(data, prefix="lines")
    if data and form.is_valid() and lines.is_valid():
        messages.success(request, "Сакталды.")
    table = SampleTable(SAMPLES)
    RequestConfig(request, paginate={"per_page": 2, "silent": True}).configure(table)
    about = {"form": form, "budget": lines, "table": table, "steps": STEPS, "count": len(SAMPLES)}
    return render(
        request, "interface/style.html", {**about, **_charts(), "amount": Som.of(13_900_000)}
    )
