"""The plan of a study as it is typed in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from ashar.interface.forms import AsharForm, DayField, WholeNumberField, wording_pair
from ashar.needs.actions import StudyPlan
from ashar.needs.core import EQUAL_WEIGHT
from ashar.needs.models import NeedsStudy
from ashar.needs.queries import voices_in_words
from ashar.places.models import Territory
from ashar.places.queries import villages_of

HEAVIEST = 10
WEIGHT = "weight_"


class VillagesField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """A choice of villages by their names."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the name of the village."""
        return str(obj.title)


class VillageField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of one village by its name."""

    def __init__(self, **options: Any) -> None:
        super().__init__(queryset=Territory.objects.none(), **options)

    def label_from_instance(self, obj: Any) -> str:
        """Return the name of the village."""
        return str(obj.title)


class StudyForm(AsharForm):
    """Titles, villages, days, method and the weights of the groups."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title_ky, title_ru = wording_pair(
        _("Title of the study"), help_text=_("Say the place and the year.")
    )
    villages = VillagesField(
        queryset=Territory.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        label=_("Villages of the study"),
        required=False,
    )
    starts_on = DayField(label=_("Begins on"), required=False)
    ends_on = DayField(label=_("Ends on"), required=False)
    method = forms.CharField(
        label=_("How it is done"),
        help_text=_("For example: focus groups and a household survey in every village."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=3000,
        required=False,
    )

    def __init__(self, *arguments: Any, place: Territory, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["villages"].queryset = villages_of(place)  # type: ignore[attr-defined]
        for key, title in voices_in_words().items():
            self.fields[WEIGHT + key] = WholeNumberField(
                label=title, minimum=1, maximum=HEAVIEST, initial=EQUAL_WEIGHT
            )

    @property
    def weight_fields(self) -> list[BoundField]:
        """The fields of the weights, shown together."""
        return [field for field in self if field.name.startswith(WEIGHT)]

    @property
    def plan_fields(self) -> list[BoundField]:
        """The other fields."""
        return [f for f in self if not f.name.startswith(WEIGHT) and not f.is_hidden]

    def clean(self) -> dict[str, Any]:
        """Refuse a study that ends before it begins."""
        given = super().clean() or self.cleaned_data
        starts_on, ends_on = given.get("starts_on"), given.get("ends_on")
        if starts_on and ends_on and ends_on < starts_on:
            self.add_error("ends_on", _("The study cannot end before it begins."))
        return given

    def plan(self) -> StudyPlan:
        """Return what was typed."""
        given = self.cleaned_data
        return StudyPlan(
            title_ky=given["title_ky"],
            title_ru=given["title_ru"],
            villages=tuple(given["villages"]),
            starts_on=given["starts_on"],
            ends_on=given["ends_on"],
            method=given["method"],
            weights={
                name.removeprefix(WEIGHT): value
                for name, value in given.items()
                if name.startswith(WEIGHT)
            },
        )

    @staticmethod
    def shown(study: NeedsStudy) -> dict[str, Any]:
        """Return what the form shows of a study that exists."""
        weights = {WEIGHT + key: value for key, value in study.group_weights.items()}
        return {
            "version": study.version,
            "title_ky": study.case.title_ky,
            "title_ru": study.case.title_ru,
            "villages": list(study.villages.all()),
            "starts_on": study.starts_on,
            "ends_on": study.ends_on,
            "method": study.method,
            **weights,
        }
