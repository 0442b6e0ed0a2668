"""Rows of a draft: a row left empty is left out, a row half filled says what it lacks."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from ashar.interface.forms import AsharForm, AsharFormSet

LARGEST = Decimal(10) ** 12
_SPACES = dict.fromkeys(map(ord, " \u00a0\u202f\u2009\u2007"))


class NumberField(forms.CharField):
    """A value of a result: not below zero, at most three digits after the comma; `Decimal`."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("max_length", 24)
        super().__init__(**options)
        self.widget.attrs.update({"inputmode": "decimal", "data-width": "5"})

    def to_python(self, value: Any) -> Any:
        """Read digits with a comma or a point, or refuse them in a sentence."""
        if isinstance(value, Decimal):
            return value
        text = super().to_python(value)
        if text in self.empty_values:
            return None
        number = _read(str(text).translate(_SPACES).replace(",", "."))
        if number is None:
            raise forms.ValidationError(
                _("“%(typed)s” is not a number. Write it in digits, for example 25 or 2,5."),
                code="not_a_number",
                params={"typed": text},
            )
        return number

    def run_validators(self, value: Any) -> None:
        """Length is a matter of what was typed; a number that was read is sound."""

    def prepare_value(self, value: Any) -> Any:
        """Show a number without the noughts of its column."""
        if isinstance(value, Decimal):
            text = f"{value:f}"
            shown = text.rstrip("0").rstrip(".") if "." in text else text
            return shown.replace(".", ",")
        return value


def _read(text: str) -> Decimal | None:
    """Return the number, or None when a person would doubt what it is."""
    whole, _point, part = text.partition(".")
    digits = whole.isascii() and whole.isdigit() and (not part or part.isdigit())
    if not digits or text.endswith(".") or len(part) > 3:  # noqa: PLR2004 - thousandths
        return None
    # 1.234 may be a thousand or one and a bit.
    if len(part) == 3 and len(whole) <= 3 and whole != "0":  # noqa: PLR2004
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    return number if number < LARGEST else None


class PatientForm(AsharForm):
    """A form in which the `asked` fields may wait, though they are not marked "not required"."""

    asked: tuple[str, ...] = ()

    def full_clean(self) -> None:
        """Read what is there; what is still missing is no mistake of a draft."""
        waiting = [self.fields[name] for name in self.asked]
        for field in waiting:
            field.required = False
        super().full_clean()
        for field in waiting:
            field.required = True


class RowForm(PatientForm):
    """A row of a table: nothing is asked while it is empty, `asked` fields once it is not."""

    ignored: tuple[str, ...] = ()  # fields that by themselves do not fill a row

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, field in self.fields.items():
            field.required = name in self.asked

    @property
    def is_filled(self) -> bool:
        """Say whether anything was entered in the row."""
        return any(
            value not in (None, "", False)
            for name, value in self.cleaned_data.items()
            if name not in self.ignored
        )

    def clean(self) -> dict[str, Any]:
        """Ask for what a begun row lacks."""
        given = super().clean() or self.cleaned_data
        if self.is_filled or self.errors:
            for name in self.asked:
                if name not in self.errors and given.get(name) in (None, ""):
                    label = self.fields[name].label
                    self.add_error(name, _("Please fill in: %(name)s.") % {"name": label})
        return given


def rows_in(formset: AsharFormSet) -> list[dict[str, Any]]:
    """Return what the filled rows hold, in their order; call it after `is_valid`."""
    return [form.cleaned_data for form in formset.forms if form.is_filled]
