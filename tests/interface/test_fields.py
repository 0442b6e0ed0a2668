"""What people type is read strictly, and every refusal is a sentence."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone, translation

from ashar.interface.fields import read_day
from ashar.interface.forms import (
    AsharForm,
    DayField,
    MomentField,
    SomFormField,
    UploadField,
    WholeNumberField,
    has_control_signs,
    wording_pair,
)
from ashar.kernel.money import Som


def code_of(field, typed):
    with pytest.raises(forms.ValidationError) as caught:
        field.clean(typed)
    return caught.value.code


@pytest.mark.parametrize("typed", ["1 234,56", "1 234.56", "1\u00a0234,56", "1234,56", " 1234.56 "])
@pytest.mark.parametrize("language", ["ky", "ru", "en"])
def test_an_amount_is_read_alike_in_every_language(typed, language):
    with translation.override(language):
        assert SomFormField().clean(typed) == Som.of(1234, 56)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("1,234.56", "ambiguous"),
        ("-5", "negative"),
        ("1e9", "exponent"),
        ("1,234", "ambiguous"),
        ("бир миң", "not_a_number"),
        ("9" * 30, "too_large"),
    ],
)
def test_an_amount_in_doubt_is_refused(typed, code):
    assert code_of(SomFormField(), typed) == code


def test_every_refusal_of_an_amount_is_said_in_the_language_of_the_reader():
    said = {}
    for language in ("ky", "ru", "en"):
        with translation.override(language):
            said[language] = {str(sentence) for sentence in SomFormField.refusals.values()}
    assert said["ky"] & said["ru"] == set()
    assert said["ky"] & said["en"] == set()


def test_an_amount_above_zero_may_be_asked_for():
    assert code_of(SomFormField(is_positive=True), "0") == "zero"


def test_an_empty_amount_is_nothing():
    assert SomFormField(required=False).clean("") is None


@pytest.mark.parametrize("typed", ["2026-11-21", "21.11.2026", "21/11/2026", " 21.11.2026 "])
def test_three_ways_to_write_a_day(typed):
    assert DayField().clean(typed) == date(2026, 11, 21)


@pytest.mark.parametrize(
    "typed", ["31.02.2026", "21.11.26", "0001-01-01", "today", "21.11", "٢١.١١.٢٠٢٦"]
)
def test_no_day_is_guessed(typed):
    assert read_day(typed) is None
    assert code_of(DayField(), typed) == "not_a_day"


def test_a_day_out_of_bounds_is_refused_with_the_reason():
    field = DayField(not_before=date(2026, 1, 1), not_before_reason="Too soon.")
    with translation.override("en"), pytest.raises(forms.ValidationError) as caught:
        field.clean("31.12.2025")
    assert caught.value.messages == ["The date cannot be earlier than 01.01.2026. Too soon."]
    late = DayField(not_after=lambda: date(2026, 1, 1))
    assert code_of(late, "02.01.2026") == "too_late"


@pytest.mark.parametrize("typed", ["21.11.2026 17:00", "2026-11-21T17:00", "2026-11-21 17:00:00"])
def test_a_moment_is_bishkek_time(typed):
    moment = MomentField().clean(typed)
    assert moment == timezone.make_aware(datetime(2026, 11, 21, 17))  # noqa: DTZ001
    assert moment.isoformat() == "2026-11-21T17:00:00+06:00"


@pytest.mark.parametrize("typed", ["21.11.2026", "21.11.2026 25:00", "17:00", "x y"])
def test_no_moment_is_guessed(typed):
    assert code_of(MomentField(), typed) == "not_a_moment"


@pytest.mark.parametrize(("typed", "count"), [("25", 25), ("1 234", 1234), ("0", 0)])
def test_a_count_is_digits(typed, count):
    assert WholeNumberField().clean(typed) == count


@pytest.mark.parametrize("typed", ["1e9", "-5", "1,5", "१२", "12 3"])
def test_a_count_is_nothing_but_digits(typed):
    assert code_of(WholeNumberField(), typed) == "not_whole"


def test_a_count_has_bounds():
    assert code_of(WholeNumberField(maximum=10), "11") == "out_of_bounds"


def docx(*names):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7 ..."),
        ("a.PNG", b"\x89PNG\r\n\x1a\n..."),
        ("a.jpeg", b"\xff\xd8\xff\xe0..."),
        ("a.docx", docx("word/document.xml")),
        ("a.xlsx", docx("xl/workbook.xml")),
    ],
)
def test_a_file_of_an_allowed_kind_is_taken(name, content):
    upload = SimpleUploadedFile(name, content)
    assert UploadField().clean(upload) is upload


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ program"),
        ("a.exe", b"MZ program"),
        ("a.docx", b"\xd0\xcf\x11\xe0 old"),
        ("noname", b"%PDF-1.7"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, content):
    assert code_of(UploadField(), SimpleUploadedFile(name, content)) == "wrong_kind"


def test_a_large_file_is_refused(settings):
    settings.DOCUMENT_MAX_BYTES = 10
    assert code_of(UploadField(), SimpleUploadedFile("a.pdf", b"%PDF-1.7 too long")) == "too_large"


class TextForm(AsharForm):
    title_ky, title_ru = wording_pair("Title")


@pytest.mark.parametrize("typed", ["a\x00b", "a\x07b", "\u202egnp.exe"])
def test_invisible_signs_are_refused(typed):
    form = TextForm({"title_ky": typed})
    assert not form.is_valid()
    assert list(form.errors) == ["title_ky"]


def test_hostile_text_is_only_text():
    typed = "<script>alert(1)</script> {{ x }} '; DROP TABLE --"
    form = TextForm({"title_ky": typed, "title_ru": "a\r\n\tb"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["title_ky"] == typed
    assert "<script>" not in str(form)
    assert not has_control_signs("line\r\n\ttab")


def test_labels_of_a_wording_follow_the_language_of_the_reader():
    said = set()
    for code in ("ky", "ru", "en"):
        with translation.override(code):
            said.add(str(TextForm()["title_ky"].label))
    assert said == {"Title (кыргызча)", "Title (кыргызский)", "Title (in Kyrgyz)"}


def test_kyrgyz_is_asked_for_and_russian_may_follow():
    assert TextForm({"title_ky": "Суу"}).is_valid()
    assert not TextForm({"title_ru": "Вода"}).is_valid()
