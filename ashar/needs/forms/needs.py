"""Grouping of answers under needs, and the outcome of a need, as they are typed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.interface.forms import AsharForm, wording_pair
from ashar.interface.words import named
from ashar.needs.actions import OutcomePlan
from ashar.needs.choices import OutcomeKind
from ashar.needs.models import Answer, Need, NeedsStudy
from ashar.needs.queries import answers_of, topics


class NeedField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A need by its words."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the need in the reader's language."""
        return named(obj, "title")


class GroupingForm(AsharForm):
    """Which answers go under which need: one that exists, or a new one from the catalogue."""

    answers = forms.ModelMultipleChoiceField(
        queryset=Answer.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=gettext_lazy("Answers"),
        error_messages={"required": gettext_lazy("Tick at least one answer.")},
    )
    need = NeedField(
        queryset=Need.objects.none(),
        label=gettext_lazy("Put under this need"),
        empty_label=gettext_lazy("Choose a need, or make a new one below"),
        required=False,
    )
    topic = forms.ChoiceField(label=gettext_lazy("Topic of the catalogue"), required=False)
    title_ky, title_ru = wording_pair(
        gettext_lazy("The need in words"),
        is_required=False,
        help_text=gettext_lazy("Leave empty to use the words of the catalogue."),
    )

    def __init__(self, *arguments: Any, study: NeedsStudy, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["answers"].queryset = answers_of(study)  # type: ignore[attr-defined]
        self.fields["need"].queryset = study.needs.order_by("pk")  # type: ignore[attr-defined]
        choices = [("", _("Choose a topic")), *topics().items()]
        self.fields["topic"].choices = choices  # type: ignore[attr-defined]

    @property
    def ticked(self) -> set[str]:
        """The answers ticked so far, so that a refusal loses none of them."""
        return {str(value) for value in self["answers"].value() or ()}

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two: a need that exists or a topic for a new one."""
        given = super().clean() or self.cleaned_data
        need, topic = given.get("need"), given.get("topic")
        if not need and not topic and not self.errors:
            self.add_error("need", _("Choose a need, or a topic for a new one."))
        if need and topic:
            self.add_error("topic", _("Choose either a need or a topic for a new one, not both."))
        return given


class UngroupingForm(AsharForm):
    """Which answers are taken out of their need again."""

    answers = forms.ModelMultipleChoiceField(
        queryset=Answer.objects.none(),
        label=gettext_lazy("Answers"),
        error_messages={"required": gettext_lazy("Tick at least one answer.")},
    )

    def __init__(self, *arguments: Any, study: NeedsStudy, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["answers"].queryset = answers_of(study)  # type: ignore[attr-defined]


class OutcomeForm(AsharForm):
    """What becomes of a need, why, and under which act."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    kind = forms.ChoiceField(
        label=gettext_lazy("What becomes of the need"),
        choices=[(kind.value, capfirst(kind.label)) for kind in OutcomeKind],
        widget=forms.RadioSelect,
    )
    reason_ky, reason_ru = wording_pair(gettext_lazy("Reason"), is_long=True)
    citation = forms.CharField(
        label=gettext_lazy("Act and article"),
        help_text=gettext_lazy("For example: resolution of the aiyl kenesh, its number and day."),
        max_length=300,
        required=False,
    )

    def outcome(self) -> OutcomePlan:
        """Return what was typed."""
        given = self.cleaned_data
        return OutcomePlan(
            kind=given["kind"],
            reason_ky=given["reason_ky"],
            reason_ru=given["reason_ru"],
            citation=given["citation"],
        )

    @staticmethod
    def shown(need: Need) -> dict[str, Any]:
        """Return what the form shows of an outcome that exists; version 0 when none does."""
        outcome = getattr(need, "outcome", None)
        if outcome is None:
            return {"version": 0}
        names = ("version", "kind", "reason_ky", "reason_ru", "citation")
        return {name: getattr(outcome, name) for name in names}
