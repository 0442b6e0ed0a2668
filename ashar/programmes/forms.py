"""Forms of a programme's draft."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.interface.forms import AsharForm, SomFormField, WholeNumberField
from ashar.interface.templatetags.ashar import day
from ashar.interface.words import named
from ashar.kernel.money import Som
from ashar.needs.models import Gathering, Need, NeedsStudy
from ashar.programmes.actions import MeasureText, ProgrammeText
from ashar.programmes.choices import FundingSource
from ashar.programmes.models import Measure, Programme

FIRST_YEAR, LAST_YEAR = 2000, 2100
LONGEST = 10  # years; nobody plans further, a longer span is a slip of the finger


def _long(label: Any, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 4})
    return forms.CharField(label=label, widget=widget, max_length=5000, **options)


class DraftForm(AsharForm):
    """A page of the draft; it remembers which version of the draft was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def read_version(self) -> int | None:
        """Return the version that was read; None when the page did not say."""
        version: int | None = self.cleaned_data.get("version")
        return version

    def changed_meanwhile(self, version: int) -> None:
        """Say that somebody saved first, and let what was typed be saved after a look."""
        self.add_error(
            None,
            _(
                "Somebody changed this programme while you were typing. What you typed is kept "
                "here. Compare it with the saved programme in another tab, then save again."
            ),
        )
        typed = cast("QueryDict", self.data).copy()
        typed["version"] = str(version)
        self.data = typed


class ProgrammeForm(DraftForm):
    """What a programme says of itself before its measures."""

    title_ky = forms.CharField(label=gettext_lazy("Title in Kyrgyz"), max_length=300)
    title_ru = forms.CharField(
        label=gettext_lazy("Title in Russian"), max_length=300, required=False
    )
    goal_ky = _long(gettext_lazy("Goal in Kyrgyz"))
    goal_ru = _long(gettext_lazy("Goal in Russian"), required=False)
    year_from = WholeNumberField(
        label=gettext_lazy("First year"), minimum=FIRST_YEAR, maximum=LAST_YEAR
    )
    year_to = WholeNumberField(
        label=gettext_lazy("Last year"), minimum=FIRST_YEAR, maximum=LAST_YEAR
    )

    @staticmethod
    def initial_of(programme: Programme) -> dict[str, object]:
        """Return what the form shows of a programme."""
        return {
            "title_ky": programme.case.title_ky,
            "title_ru": programme.case.title_ru,
            "goal_ky": programme.goal_ky,
            "goal_ru": programme.goal_ru,
            "year_from": programme.year_from,
            "year_to": programme.year_to,
            "version": programme.case.version,
        }

    def clean(self) -> dict[str, Any]:
        """Refuse years in the wrong order or too far apart."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("year_from"), given.get("year_to")
        if (first and last and not first <= last < first + LONGEST) or (last or 0) > LAST_YEAR:
            self.add_error(
                "year_to",
                _("The last year must not be before the first, nor %(years)s years after it.")
                % {"years": LONGEST},
            )
        return given

    def text(self) -> ProgrammeText:
        """Return what was typed as the action wants it."""
        names = ("title_ky", "title_ru", "goal_ky", "goal_ru", "year_from", "year_to")
        return ProgrammeText(**{name: self.cleaned_data[name] for name in names})


class GatheringField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A gathering that decided, by its title in the reader's language and its day."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the title of the gathering and the day it was held."""
        held = obj.event.held_on
        return f"{named(obj.case, 'title')}, {day(held)}" if held else named(obj.case, "title")


class BeginForm(ProgrammeForm):
    """A new programme, which also says from the decision of which gathering it follows."""

    gathering = GatheringField(
        label=gettext_lazy("Gathering whose decision the programme carries out"),
        queryset=Gathering.objects.none(),
        empty_label=None,
    )
    field_order = ("gathering",)

    def __init__(self, gatherings: Any, *arguments: Any, **options: Any) -> None:
        """Offer the gatherings, the newest chosen; where none decided yet, ask nothing."""
        super().__init__(*arguments, **options)
        newest = gatherings.first()
        if newest is None:
            del self.fields["gathering"]
            return
        self.fields["gathering"].queryset = gatherings  # type: ignore[attr-defined]
        self.fields["gathering"].initial = newest.pk

    def chosen_gathering(self) -> Gathering | None:
        """Return the gathering chosen; None where none decided yet."""
        chosen: Gathering | None = self.cleaned_data.get("gathering")
        return chosen


def funding_name(source: str, year: int) -> str:
    """Return the name of the field for the money of one source in one year."""
    return f"{source}_{year}"


class RankedNeedField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A ranked need by its place and its words in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """Return the place of the need in the ranking and its words."""
        return f"{obj.position}. {named(obj, 'title')}"

    def offer(self, studies: list[tuple[NeedsStudy, list[Need]]]) -> None:
        """Offer the needs of each study under its title, in the order given."""
        pks = [need.pk for _study, needs in studies for need in needs]
        self.queryset = Need.objects.filter(pk__in=pks)
        groups = [
            (
                named(study.case, "title"),
                [(need.pk, self.label_from_instance(need)) for need in needs],
            )
            for study, needs in studies
        ]
        self.choices = [("", self.empty_label), *groups]


class MeasureForm(DraftForm):
    """A measure: the ranked need it answers, its result, and money by source and year."""

    need = RankedNeedField(
        label=gettext_lazy("Which ranked need it answers"),
        queryset=Need.objects.none(),
        empty_label=gettext_lazy("choose a need"),
    )
    title_ky = forms.CharField(label=gettext_lazy("Measure in Kyrgyz"), max_length=300)
    title_ru = forms.CharField(
        label=gettext_lazy("Measure in Russian"), max_length=300, required=False
    )
    result_ky = _long(gettext_lazy("Expected result in Kyrgyz"))
    result_ru = _long(gettext_lazy("Expected result in Russian"), required=False)

    def __init__(
        self,
        programme: Programme,
        studies: list[tuple[NeedsStudy, list[Need]]],
        *arguments: Any,
        **options: Any,
    ) -> None:
        """Offer the needs of each study under its title."""
        super().__init__(*arguments, **options)
        self.programme = programme
        cast("RankedNeedField", self.fields["need"]).offer(studies)
        for source, year in self.cells():
            self.fields[funding_name(source, year)] = SomFormField(
                label=f"{FundingSource(source).label}, {year}", required=False
            )

    def cells(self) -> list[tuple[str, int]]:
        """Return every source in every year of the programme."""
        years = range(self.programme.year_from, self.programme.year_to + 1)
        return [(source.value, year) for source in FundingSource for year in years]

    def main_fields(self) -> list[forms.BoundField]:
        """Return the fields above the table of money."""
        return [self[name] for name in ("need", "title_ky", "title_ru", "result_ky", "result_ru")]

    def money_rows(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the money fields: a row for each source, a field for each year."""
        years = range(self.programme.year_from, self.programme.year_to + 1)
        return [
            (str(source.label), [self[funding_name(source.value, year)] for year in years])
            for source in FundingSource
        ]

    @staticmethod
    def initial_of(measure: Measure) -> dict[str, object]:
        """Return what the form shows of a measure."""
        shown: dict[str, object] = {
            "need": measure.need_id,
            "title_ky": measure.title_ky,
            "title_ru": measure.title_ru,
            "result_ky": measure.result_ky,
            "result_ru": measure.result_ru,
        }
        for line in measure.funding.all():
            shown[funding_name(line.source, line.year)] = line.planned
        return shown

    def funding(self) -> dict[tuple[str, int], Som]:
        """Return the money typed, in som, by source and year; empty cells are left out."""
        typed = {cell: self.cleaned_data.get(funding_name(*cell)) for cell in self.cells()}
        return {cell: amount for cell, amount in typed.items() if amount}

    def text(self) -> MeasureText:
        """Return what was typed as the action wants it."""
        names = ("title_ky", "title_ru", "result_ky", "result_ru", "need")
        return MeasureText(**{name: self.cleaned_data[name] for name in names})
