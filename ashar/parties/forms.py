"""Forms of parties: mandates and organisations."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.interface.forms import AsharForm, DayField
from ashar.interface.words import named
from ashar.parties.choices import MandateRole, OrganisationKind
from ashar.parties.models import Organisation, Person
from ashar.parties.queries import same_registration


class MandateForm(AsharForm):
    """Who is to act for which body, as whom, from when to when, by which act."""

    organisation = forms.ModelChoiceField(
        label=gettext_lazy("For which body"), queryset=Organisation.objects.none()
    )
    person = forms.ModelChoiceField(
        label=gettext_lazy("Who"),
        queryset=Person.objects.none(),
        required=False,
        help_text=gettext_lazy("Somebody who is in the register already."),
    )
    name = forms.CharField(
        label=gettext_lazy("Or a new person: family name, first name, father's name"),
        max_length=200,
        required=False,
    )
    role = forms.ChoiceField(label=gettext_lazy("As whom"), choices=MandateRole.choices)
    act = forms.CharField(
        label=gettext_lazy("By which act"),
        help_text=gettext_lazy("For example: order № 12 of 21.11.2026"),
        max_length=300,
    )
    valid_from = DayField(label=gettext_lazy("From"))
    valid_to = DayField(
        label=gettext_lazy("To"),
        required=False,
        help_text=gettext_lazy("Leave empty if the act names no last day."),
    )

    def __init__(self, bodies: QuerySet[Organisation], *arguments: Any, **options: Any) -> None:
        """Offer the bodies that this person answers for, and everybody in the register."""
        super().__init__(*arguments, **options)
        people = Person.objects.order_by("search_key", "pk")
        self.fields["organisation"].queryset = bodies  # type: ignore[attr-defined]
        self.fields["person"].queryset = people  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One person is named, once; the last day does not lie before the first."""
        given = super().clean() or self.cleaned_data
        if bool(given.get("person")) == bool(given.get("name", "").strip()):
            self.add_error("person", _("Choose a person, or write a new one below; not both."))
        first, last = given.get("valid_from"), given.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day cannot lie before the first."))
        return given


class EndForm(AsharForm):
    """Why a mandate ends."""

    reason = forms.CharField(
        label=gettext_lazy("Why it ends"),
        help_text=gettext_lazy("The act or what happened. It stays in the history."),
        max_length=300,
    )


class ReachForm(AsharForm):
    """Where an organisation is found and paid."""

    address = forms.CharField(label=gettext_lazy("Address"), max_length=300, required=False)
    telephone = forms.CharField(label=gettext_lazy("Telephone"), max_length=60, required=False)
    account_number = forms.CharField(
        label=gettext_lazy("Bank account"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("Seen by those who work with payments, and compared for matches."),
    )


class OrganisationForm(ReachForm):
    """A body that is entered into the register."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=OrganisationKind.choices)
    name_ky = forms.CharField(label=gettext_lazy("Name in Kyrgyz"), max_length=300)
    name_ru = forms.CharField(label=gettext_lazy("Name in Russian"), max_length=300)
    registration_number = forms.CharField(
        label=gettext_lazy("Registration number"), max_length=40, required=False
    )
    field_order = ("kind", "name_ky", "name_ru", "registration_number")

    def clean_registration_number(self) -> str:
        """Nobody is entered twice under one number."""
        number: str = self.cleaned_data["registration_number"].strip()
        known = same_registration(number)
        if known is not None:
            raise forms.ValidationError(
                _("“%(name)s” is in the register under this number already.")
                % {"name": named(known)}
            )
        return number
