"""Forms of an agreement's draft."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.agreements.actions import AgreementText
from ashar.agreements.choices import TrancheCondition
from ashar.agreements.forms.rows import NumberField, RowForm
from ashar.agreements.models import Agreement
from ashar.agreements.queries.standards import standard_choices
from ashar.interface.forms import AsharForm, DayField, SomFormField
from ashar.programmes.choices import FundingSource

TEXT_LENGTH = 5000


def long_text(label: Any, **options: Any) -> forms.CharField:
    """Return a field for some sentences."""
    widget = forms.Textarea(attrs={"rows": options.pop("rows", 4)})
    return forms.CharField(label=label, widget=widget, max_length=TEXT_LENGTH, **options)


class VersionForm(AsharForm):
    """Says which version of the draft the person saw, so that nobody is overwritten."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class AgreementForm(VersionForm):
    """What an agreement says of itself."""

    title_ky = forms.CharField(label=gettext_lazy("Title in Kyrgyz"), max_length=300)
    title_ru = forms.CharField(
        label=gettext_lazy("Title in Russian"), max_length=300, required=False
    )
    subject_ky = long_text(gettext_lazy("Subject in Kyrgyz"))
    subject_ru = long_text(gettext_lazy("Subject in Russian"), required=False)
    starts_on = DayField(label=gettext_lazy("Begins on"))
    ends_on = DayField(label=gettext_lazy("Ends on"))
    total = SomFormField(label=gettext_lazy("Whole sum of the agreement"), is_positive=True)
    standard = forms.ChoiceField(
        label=gettext_lazy("Quality standard"),
        required=False,
        help_text=gettext_lazy("The form of a monitoring visit is made of its clauses."),
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["standard"].choices = [  # type: ignore[attr-defined]
            ("", _("none")),
            *standard_choices(),
        ]

    @staticmethod
    def initial_of(agreement: Agreement) -> dict[str, object]:
        """Return what the form shows of a draft."""
        names = ("subject_ky", "subject_ru", "starts_on", "ends_on", "total", "standard")
        return {
            "version": agreement.draft_version,
            "title_ky": agreement.case.title_ky,
            "title_ru": agreement.case.title_ru,
            **{name: getattr(agreement, name) for name in names},
        }

    def clean(self) -> dict[str, Any]:
        """Refuse a term that ends before it begins."""
        given = super().clean() or self.cleaned_data
        first, last = given.get("starts_on"), given.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The agreement cannot end before it begins."))
        return given

    def text(self) -> AgreementText:
        """Return what was typed as the action wants it."""
        given = {key: value for key, value in self.cleaned_data.items() if key != "version"}
        return AgreementText(**given)


class ResultRowForm(RowForm):
    """A row of the results table."""

    asked = ("title_ky", "target")
    ignored = ("counts_people",)
    title_ky = forms.CharField(label=gettext_lazy("Result in Kyrgyz"), max_length=400)
    title_ru = forms.CharField(label=gettext_lazy("Result in Russian"), max_length=400)
    unit_ky = forms.CharField(label=gettext_lazy("Unit in Kyrgyz"), max_length=60)
    unit_ru = forms.CharField(label=gettext_lazy("Unit in Russian"), max_length=60)
    baseline = NumberField(label=gettext_lazy("Now"))
    target = NumberField(label=gettext_lazy("Target"))
    counts_people = forms.BooleanField(
        label=gettext_lazy("These are people: reports count women, men, ages, villages")
    )


class ReportRowForm(RowForm):
    """A report that the contractor owes."""

    asked = ("period_from", "period_to", "due_on")
    period_from = DayField(label=gettext_lazy("Period from"), help_text=" ")
    period_to = DayField(label=gettext_lazy("Period to"), help_text=" ")
    due_on = DayField(label=gettext_lazy("Due by"), help_text=" ")

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins, and a report due before its period."""
        given = super().clean()
        first, last, due = (given.get(k) for k in ("period_from", "period_to", "due_on"))
        if first and last and last < first:
            self.add_error("period_to", _("The period cannot end before it begins."))
        elif first and due and due < first:
            self.add_error("due_on", _("A report cannot be due before its period begins."))
        return given


class TrancheRowForm(RowForm):
    """A part of the customer's money and what it waits for."""

    asked = ("amount", "waits_for")
    amount = SomFormField(label=gettext_lazy("Sum"), is_positive=True)
    waits_for = forms.ChoiceField(label=gettext_lazy("Paid after"))
    due_on = DayField(label=gettext_lazy("Planned for"), help_text=" ")

    def __init__(self, *arguments: Any, reports: tuple[int, ...] = (), **options: Any) -> None:
        super().__init__(*arguments, **options)
        chosen = [(str(n), _("report %(number)s is accepted") % {"number": n}) for n in reports]
        self.fields["waits_for"].choices = [  # type: ignore[attr-defined]
            ("", _("choose")),
            (TrancheCondition.SIGNATURE.value, TrancheCondition.SIGNATURE.label),
            *chosen,
        ]


class FundingForm(VersionForm):
    """Money by source: planned in a draft, or what really came."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for source in FundingSource:
            self.fields[source.value] = SomFormField(label=source.label, required=False)

    def money(self) -> dict[str, Any]:
        """Return the money typed, in som, by source; an empty field is None."""
        return {source.value: self.cleaned_data.get(source.value) for source in FundingSource}
