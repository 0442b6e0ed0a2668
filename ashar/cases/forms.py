"""The form of a move, built from what the law file says the move asks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ashar.cases.queries import language
from ashar.interface.forms import (
    AsharForm,
    DayField,
    MomentField,
    SomFormField,
    UploadField,
    WholeNumberField,
)
from ashar.procedures.model import DocumentKind, Move, Question

LINE_LENGTH = 200
TEXT_LENGTH = 5000


def _text(**options: Any) -> forms.Field:
    widget = forms.Textarea(attrs={"rows": 5})
    return forms.CharField(widget=widget, max_length=TEXT_LENGTH, **options)


def _line(**options: Any) -> forms.Field:
    return forms.CharField(max_length=LINE_LENGTH, **options)


def _yes_no(**options: Any) -> forms.Field:
    return forms.BooleanField(**{**options, "required": False})


FIELDS: dict[str, Callable[..., forms.Field]] = {
    "text": _text,
    "line": _line,
    "date": DayField,
    "moment": MomentField,
    "money": SomFormField,
    "number": WholeNumberField,
    "yes_no": _yes_no,
}


def field_for(question: Question) -> forms.Field:
    """Return the form field for a question of the law file, with its help beside it."""
    tongue = language()
    return FIELDS[question.kind](
        label=question.title.say(tongue),
        help_text=question.help.say(tongue) if question.help else "",
        required=True,
    )


class MoveForm(AsharForm):
    """What the move asks; the version makes a second click harmless."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, move: Move, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for question in move.asks:
            self.fields[question.key] = field_for(question)

    def answers(self) -> dict[str, object]:
        """Return the answers by the names the law file gives them."""
        return {key: value for key, value in self.cleaned_data.items() if key != "version"}


class PaperForm(AsharForm):
    """A paper to be filed on a case."""

    kind = forms.ChoiceField(label=_("Kind of paper"))
    title = forms.CharField(label=_("Title"), max_length=LINE_LENGTH)
    file = UploadField(label=_("File"))

    def __init__(self, kinds: tuple[DocumentKind, ...], *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        tongue = language()
        choices = [(kind.key, kind.title.say(tongue)) for kind in kinds]
        self.fields["kind"].choices = [*choices, ("other", _("Other paper"))]  # type: ignore[attr-defined]
        # Nobody's charter becomes an announcement because the list was not opened.
        self.fields["kind"].initial = "other"
