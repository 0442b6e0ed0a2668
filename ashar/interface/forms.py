"""Forms as every page shows them: label, hint, error beside the field and a summary on top."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.interface.fields import (
    DayField,
    MomentField,
    SomFormField,
    UploadField,
    WholeNumberField,
    wording_pair,
)

__all__ = [
    "AsharForm",
    "AsharFormSet",
    "AsharModelForm",
    "AsharRenderer",
    "DayField",
    "MomentField",
    "SomFormField",
    "UploadField",
    "WholeNumberField",
    "rows_of",
    "wording_pair",
]

ADD_ROW = "add_row"
# Line ends and tabs are text; other control signs and signs that turn the text round are not.
_HARMLESS = "\t\n\r"
_LOST = "\ufffd"  # what stands for a sign that cannot be kept (ashar.server.middleware)
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_CLASSES: tuple[tuple[type[forms.Widget], str, str], ...] = (
    (forms.CheckboxSelectMultiple, "checkboxes", "govuk-checkboxes__input"),
    (forms.RadioSelect, "radios", "govuk-radios__input"),
    (forms.CheckboxInput, "checkbox", "govuk-checkboxes__input"),
    (forms.Select, "select", "govuk-select"),
    (forms.Textarea, "textarea", "govuk-textarea"),
    (forms.FileInput, "file", "govuk-file-upload"),
    (forms.MultiWidget, "several", ""),
    (forms.widgets.Input, "input", "govuk-input"),
)


def has_control_signs(text: str) -> bool:
    """Say whether the text hides signs that no keyboard types."""
    return any(
        sign in _TURNING
        or sign == _LOST
        or (unicodedata.category(sign) in {"Cc", "Cs"} and sign not in _HARMLESS)
        for sign in text
    )


class AsharBoundField(BoundField):
    """A field on a page, with the classes of the design and a place for a link to jump to."""

    @property
    def look(self) -> tuple[str, str]:
        """Return the kind of widget and its class."""
        for widget, kind, css in _CLASSES:
            if isinstance(self.field.widget, widget):
                return kind, css
        return "other", ""

    @property
    def kind(self) -> str:
        """Return how the field is drawn: input, radios, select and so on."""
        return self.look[0]

    @property
    def anchor(self) -> str:
        """Return the id of the first thing a person can fill in here."""
        return self.id_for_label or f"{self.auto_id}_0"

    def build_widget_attrs(self, attrs: Any, widget: Any = None) -> Any:
        """Add the classes of the design, the width and the mark of an error."""
        made = dict(super().build_widget_attrs(attrs, widget))
        own = self.field.widget.attrs
        if self.is_hidden:
            return made
        kind, css = self.look
        names = [css, own.get("class", "")]
        if own.get("data-width"):
            names.append(f"govuk-input--width-{own['data-width']}")
        if self.errors and kind in {"input", "select", "textarea", "file"}:
            names.append(f"{css}--error")
        made["class"] = " ".join(name for name in names if name)
        return made


class AsharRenderer(TemplatesSetting):
    """Draws every form with the templates of this room."""

    form_template_name = "interface/form_fields.html"
    field_template_name = "interface/field.html"
    formset_template_name = "_formset.html"
    bound_field_class = AsharBoundField


class _Careful(forms.BaseForm):
    """What every form of Ashar refuses, in one place."""

    use_required_attribute = False

    @property
    def is_adding_row(self) -> bool:
        """Say whether the person only asked for another empty row."""
        return is_adding_row(self.data)

    def is_valid(self) -> bool:
        """Nothing is accepted while the person is still adding rows."""
        return not self.is_adding_row and super().is_valid()

    def full_clean(self) -> None:
        """Check all; when only a row is added, keep what was typed and complain of nothing."""
        if self.is_bound and self.is_adding_row:
            self._errors = ErrorDict()
            self.cleaned_data: dict[str, Any] = {}
            return
        for field in self.fields.values():
            if field.error_messages["required"] == forms.Field.default_error_messages["required"]:
                name = field.label or _("this field")
                field.error_messages["required"] = _("Please fill in: %(name)s.") % {"name": name}
        super().full_clean()

    def _clean_form(self) -> None:
        for name, value in list(self.cleaned_data.items()):
            typed = self.data.get(self.add_prefix(name))
            # A field may tidy away a lost sign, and with it what the person meant.
            is_lost = isinstance(typed, str) and _LOST in typed
            if is_lost or (isinstance(value, str) and has_control_signs(value)):
                sentence = _("This text contains invisible signs. Type it again or paste it plain.")
                self.add_error(name, ValidationError(sentence, code="control_signs"))
        super()._clean_form()  # type: ignore[misc]

    def summary(self) -> Iterator[tuple[str, str]]:
        """Return every error with the id of its field, for the links above the form."""
        for error in self.non_field_errors():
            yield "", str(error)
        for field in self:
            for error in field.errors:
                anchor = "" if field.is_hidden else field.anchor  # type: ignore[attr-defined]
                yield anchor, str(error)


def is_adding_row(data: Any) -> bool:
    """Say whether the button “add a row” was pressed, and not the one that sends."""
    return any(str(key).endswith(f"-{ADD_ROW}") for key in data or ())


class AsharForm(_Careful, forms.Form):
    """The base of every form."""


class AsharModelForm(_Careful, forms.ModelForm):  # type: ignore[type-arg]
    """The base of every form that fills a model."""


class AsharFormSet(forms.BaseFormSet):  # type: ignore[type-arg]
    """Rows of the same form; “add a row” works without JavaScript and loses nothing typed."""

    rows_added = 3
    default_error_messages = {
        **forms.BaseFormSet.default_error_messages,
        "too_few_forms": gettext_lazy("Please fill in at least one row."),
        "too_many_forms": gettext_lazy("There are too many rows. Send them in parts."),
    }

    def __init__(self, data: Any = None, *arguments: Any, **options: Any) -> None:
        """Give more empty rows when they were asked for."""
        prefix = options.get("prefix") or self.get_default_prefix()
        if data and f"{prefix}-{ADD_ROW}" in data:
            data = data.copy()
            total = f"{prefix}-TOTAL_FORMS"
            written = str(data.get(total, "0"))
            count = int(written) if written.isascii() and written.isdigit() else 0
            data[total] = str(min(count + self.rows_added, self.absolute_max))
        super().__init__(data, *arguments, **options)

    @property
    def add_row_name(self) -> str:
        """Return the name of the button that asks for another row."""
        return f"{self.prefix}-{ADD_ROW}"

    def is_valid(self) -> bool:
        """Nothing is accepted while the person is still adding rows."""
        return not is_adding_row(self.data) and super().is_valid()

    def full_clean(self) -> None:
        """Check all rows; complain of nothing while rows are being added."""
        super().full_clean()
        if is_adding_row(self.data):
            self._errors: list[Any] = []
            self._non_form_errors = self.error_class()

    def summary(self) -> Iterator[tuple[str, str]]:
        """Return every error of every row, for the links above the form."""
        for error in self.non_form_errors():
            yield "", str(error)
        for form in self.forms:
            yield from form.summary()

    def filled(self) -> list[dict[str, Any]]:
        """Return what was entered, without empty and deleted rows."""
        return [
            {key: value for key, value in form.cleaned_data.items() if key != "DELETE"}
            for form in self.forms
            if form.has_changed() and not form.cleaned_data.get("DELETE")
        ]


def rows_of(
    form: type[forms.BaseForm], *, extra: int = 3, least: int = 0, most: int = 200
) -> type[AsharFormSet]:
    """Return the class of a set of rows of this form; `least` rows must be filled."""
    made: type[AsharFormSet] = forms.formset_factory(  # type: ignore[assignment]
        form,
        formset=AsharFormSet,
        extra=extra,
        min_num=least,
        validate_min=bool(least),
        max_num=most,
        validate_max=True,
    )
    return made
