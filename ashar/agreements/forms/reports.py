"""Forms of a report: its text and figures, the people it counts, a cost with its receipt."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.agreements.actions import Cost, PeopleRow
from ashar.agreements.forms.drafts import VersionForm, long_text
from ashar.agreements.forms.rows import NumberField, RowForm
from ashar.indicators.models import Indicator
from ashar.interface.forms import DayField, SomFormField, UploadField, WholeNumberField
from ashar.interface.words import named
from ashar.places.models import Territory
from ashar.programmes.choices import FundingSource


def value_name(pk: int) -> str:
    """Return the name of the field for the figure of one result."""
    return f"result_{pk}"


class ReportForm(VersionForm):
    """What was done in the period, and the figures of results that count no people."""

    done = long_text(gettext_lazy("What was done"), required=False, rows=6)
    problems = long_text(gettext_lazy("Problems and how they were met"), required=False)

    def __init__(
        self, *arguments: Any, indicators: Sequence[Indicator] = (), **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.indicators = [one for one in indicators if not one.counts_people]
        for one in self.indicators:
            unit = named(one, "unit")
            title = named(one, "title")
            self.fields[value_name(one.pk)] = NumberField(
                label=f"{title}, {unit}" if unit else title,
                required=False,
                help_text=_("New in this period, not counted in earlier reports."),
            )

    def values(self) -> dict[int, Decimal | None]:
        """Return the figures typed, by the indicator's pk."""
        return {one.pk: self.cleaned_data[value_name(one.pk)] for one in self.indicators}


class PeopleRowForm(RowForm):
    """People of one village and age band; people with disability are part of the others."""

    asked = ("territory", "age_band")
    territory = forms.ChoiceField(label=gettext_lazy("Village"))
    age_band = forms.ChoiceField(label=gettext_lazy("Age"))
    women = WholeNumberField(label=gettext_lazy("Women"), maximum=1_000_000)
    men = WholeNumberField(label=gettext_lazy("Men"), maximum=1_000_000)
    women_with_disability = WholeNumberField(
        label=gettext_lazy("Of them, women with disability"), maximum=1_000_000
    )
    men_with_disability = WholeNumberField(
        label=gettext_lazy("Of them, men with disability"), maximum=1_000_000
    )

    def __init__(
        self,
        *arguments: Any,
        villages: Sequence[Territory] = (),
        bands: dict[str, str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        choose = [("", _("choose"))]
        places = [(str(one.pk), one.title) for one in villages]
        self.fields["territory"].choices = [*choose, *places]  # type: ignore[attr-defined]
        ages = list((bands or {}).items())
        self.fields["age_band"].choices = [*choose, *ages]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse more people with disability than people."""
        given = super().clean()
        for name in ("women", "men"):
            within = f"{name}_with_disability"
            if (given.get(within) or 0) > (given.get(name) or 0):
                self.add_error(
                    within, _("People with disability are part of the number beside them.")
                )
        return given

    @staticmethod
    def row(given: dict[str, Any]) -> PeopleRow:
        """Return a filled row as the action wants it."""
        counts = ("women", "men", "women_with_disability", "men_with_disability")
        numbers = {name: given.get(name) or 0 for name in counts}
        return PeopleRow(int(given["territory"]), given["age_band"], **numbers)


class CostForm(VersionForm):
    """Money spent, with its receipt."""

    title = forms.CharField(label=gettext_lazy("What for"), max_length=300)
    amount = SomFormField(label=gettext_lazy("Sum"), is_positive=True)
    spent_on = DayField(
        label=gettext_lazy("When"),
        not_after=timezone.localdate,
        not_after_reason=gettext_lazy("A cost is reported after it was paid."),
    )
    source = forms.ChoiceField(label=gettext_lazy("From which source"))
    receipt = UploadField(
        label=gettext_lazy("Receipt"),
        required=False,
        help_text=gettext_lazy(
            "A photograph or PDF. The report can be handed in once it is there."
        ),
    )

    def __init__(self, *arguments: Any, planned: Sequence[str] = (), **options: Any) -> None:
        """Offer the sources of the agreement first, then all others."""
        super().__init__(*arguments, **options)
        sources = sorted(FundingSource.choices, key=lambda one: one[0] not in planned)
        self.fields["source"].choices = [("", _("choose")), *sources]  # type: ignore[attr-defined]

    def cost(self) -> Cost:
        """Return what was typed as the action wants it."""
        names = ("title", "source", "amount", "spent_on")
        return Cost(**{name: self.cleaned_data[name] for name in names})
