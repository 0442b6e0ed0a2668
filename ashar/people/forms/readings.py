"""The search, the reason, consents and clearances as they are typed in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy

from ashar.interface.forms import AsharForm, DayField
from ashar.parties.choices import MandateRole
from ashar.parties.models import Mandate, Organisation
from ashar.people.choices import ConsentKind, ParticularKind, Purpose

QUIET = {"autocomplete": "off", "spellcheck": "false"}


class FindForm(AsharForm):
    """A whole personal number, or the beginning of a name."""

    asked = forms.CharField(
        label=gettext_lazy("Surname, name or personal number"),
        help_text=gettext_lazy("A number is searched whole: all 14 digits."),
        max_length=100,
        widget=forms.TextInput(attrs=QUIET),
    )


class ReasonForm(AsharForm):
    """Why the card is opened."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("Why do you open this card?"),
        choices=Purpose.choices,
        widget=forms.RadioSelect,
    )
    words = forms.CharField(
        label=gettext_lazy("In a few words"),
        help_text=gettext_lazy("For example: she came to the office today about a wheelchair."),
        max_length=300,
        min_length=5,
        widget=forms.TextInput(attrs=QUIET),
    )


class ConsentForm(AsharForm):
    """Which wording was agreed to, and when."""

    kind = forms.ChoiceField(
        label=gettext_lazy("To what did the person agree?"),
        choices=ConsentKind.choices,
        widget=forms.RadioSelect,
    )
    given_on = DayField(
        label=gettext_lazy("On which day?"),
        not_after=timezone.localdate,
        not_after_reason=gettext_lazy("A consent cannot be given in the future."),
    )
    by_representative = forms.BooleanField(
        label=gettext_lazy("A parent or another legal representative agreed"), required=False
    )


class ClearanceForm(AsharForm):
    """Who may read which particulars, from which day, by which act."""

    mandate = forms.ModelChoiceField(
        queryset=Mandate.objects.none(), label=gettext_lazy("Specialist")
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Which particulars?"),
        choices=ParticularKind.choices,
        widget=forms.RadioSelect,
    )
    valid_from = DayField(label=gettext_lazy("From which day?"))
    act = forms.CharField(
        label=gettext_lazy("By which order?"),
        help_text=gettext_lazy("Number and date of the order."),
        max_length=300,
        widget=forms.TextInput(attrs=QUIET),
    )

    def __init__(self, *arguments: Any, offices: Iterable[Organisation], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["mandate"].queryset = (  # type: ignore[attr-defined]
            Mandate.objects.active(timezone.localdate())
            .filter(organisation__in=list(offices), role=MandateRole.SPECIALIST)
            .select_related("person", "organisation")
            .order_by("person__search_key")
        )
