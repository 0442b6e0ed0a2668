"""Forms keep what was typed, name every mistake and grow rows without JavaScript."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils import translation

from ashar.interface.forms import AsharForm, SomFormField, rows_of
from ashar.kernel.money import Som


class Line(AsharForm):
    name = forms.CharField(label="Name")
    amount = SomFormField(label="Amount", required=False)


class Choice(AsharForm):
    group = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)


Lines = rows_of(Line, extra=1, least=1)


def data(**typed):
    made = QueryDict(mutable=True)
    made.update({"lines-TOTAL_FORMS": "2", "lines-INITIAL_FORMS": "0"})
    made.update({key.replace("__", "-"): value for key, value in typed.items()})
    return made


def test_each_mistake_is_a_link_to_its_field():
    with translation.override("en"):
        form = Line({"amount": "1e9"})
        assert list(form.summary()) == [
            ("id_name", "Please fill in: Name."),
            ("id_amount", "Write the amount in digits, without the letter “e”."),
        ]
        html = render_to_string("_form.html", {"form": form})
    assert '<a href="#id_amount">' in html
    assert 'value="1e9"' in html
    assert 'aria-describedby="id_amount_error"' in html


def test_the_link_of_radios_leads_to_the_first():
    assert [anchor for anchor, _said in Choice({}).summary()] == ["id_group_0"]
    assert 'id="id_group_0"' in str(Choice({}))


def test_a_fresh_form_complains_of_nothing():
    assert "govuk-error" not in render_to_string("_form.html", {"form": Line()})


def test_a_file_changes_how_the_form_is_sent():
    class Paper(AsharForm):
        file = forms.FileField()

    assert "multipart/form-data" in render_to_string("_form.html", {"form": Paper()})


def test_rows_that_were_filled():
    rows = Lines(data(lines__0__name="Pump", lines__0__amount="10,5"), prefix="lines")
    assert rows.is_valid()
    assert rows.filled() == [{"name": "Pump", "amount": Som.of(10, 50)}]


def test_at_least_one_row():
    rows = Lines(data(), prefix="lines")
    assert not rows.is_valid()


def test_adding_rows_keeps_what_was_typed_and_complains_of_nothing():
    typed = data(lines__0__name="Pump", lines__1__amount="wrong", lines__add_row="1")
    rows, above = Lines(typed, prefix="lines"), Line(typed)
    assert (rows.is_valid(), above.is_valid()) == (False, False)
    html = render_to_string("_form.html", {"form": above, "formset": rows})
    assert len(rows.forms) == 5
    assert ('value="Pump"' in html, 'value="wrong"' in html) == (True, True)
    assert "govuk-error" not in html


def test_a_forged_count_of_rows_is_harmless():
    typed = data(lines__add_row="1")
    typed["lines-TOTAL_FORMS"] = "999999999999"
    assert len(Lines(typed, prefix="lines").forms) <= 1200
