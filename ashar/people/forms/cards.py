"""A card as it is typed in: little is required, doubts are shown, nothing is refused for them."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.interface.forms import AsharForm, DayField, WholeNumberField
from ashar.people.actions import CardDraft
from ashar.people.choices import Sex
from ashar.people.core import Birth, Doubt, doubts, tidy_pin
from ashar.people.models import Card
from ashar.people.queries.finding import same_pin
from ashar.places.models import Territory
from ashar.places.queries import villages_of

QUIET = {"autocomplete": "off", "spellcheck": "false"}
_FIRST_YEAR, _LAST_YEAR = 1880, 2200


def _text(label: Any, length: int, *, is_required: bool = False, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs=QUIET)
    return forms.CharField(
        label=label, max_length=length, required=is_required, widget=widget, **options
    )


class CardForm(AsharForm):
    """Who the person is and where she is found; only a surname or a name is required."""

    surname = _text(gettext_lazy("Surname"), 100)
    name = _text(gettext_lazy("Name"), 100)
    patronymic = _text(gettext_lazy("Patronymic"), 100)
    pin = _text(
        gettext_lazy("Personal number (PIN)"),
        30,
        help_text=gettext_lazy("14 digits of the passport or birth certificate. May be absent."),
    )
    born_on = DayField(label=gettext_lazy("Born on"), required=False)
    birth_year = WholeNumberField(
        label=gettext_lazy("Year of birth, if the day is not known"),
        minimum=_FIRST_YEAR,
        maximum=_LAST_YEAR,
        required=False,
    )
    sex = forms.ChoiceField(label=gettext_lazy("Sex"), widget=forms.RadioSelect, required=False)
    village = forms.ModelChoiceField(
        queryset=Territory.objects.none(), label=gettext_lazy("Village"), required=False
    )
    address = _text(gettext_lazy("Address"), 300)
    phone = _text(gettext_lazy("Telephone"), 60)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *arguments: Any, municipality: Territory, card: Card | None = None, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.municipality, self.card = municipality, card
        self.fields["village"].queryset = villages_of(municipality)  # type: ignore[attr-defined]
        self.fields["sex"].choices = Sex.choices  # type: ignore[attr-defined]
        self.found_doubts: tuple[str, ...] = ()

    def clean_pin(self) -> str:
        """Return the number as it is kept."""
        return tidy_pin(self.cleaned_data["pin"])

    def clean(self) -> dict[str, Any]:
        """Ask for a name, and show each doubt once before saving."""
        given = super().clean() or self.cleaned_data
        if not (given.get("surname") or given.get("name")):
            self.add_error("surname", _("Write a surname or a name."))
        if not self.errors:
            self.found_doubts = self._doubts()
        return given

    def is_doubted(self) -> bool:
        """Say whether there are doubts the clerk has not been shown yet."""
        return bool(set(self.found_doubts) - set(self.data.get("seen", "").split()))

    def ask_again(self) -> None:
        """Show the doubts; sending the same form again lets them stand."""
        typed = cast("QueryDict", self.data).copy()
        typed["seen"] = " ".join(self.found_doubts)
        self.data = typed

    def draft(self) -> CardDraft:
        """Return what was typed, ready to be saved."""
        given = {**self.cleaned_data}
        year = "" if given["born_on"] else str(given["birth_year"] or "")
        names = ("surname", "name", "patronymic", "pin", "phone", "address", "sex")
        return CardDraft(
            **{name: given[name] for name in names},
            born_on=given["born_on"],
            birth_year=year,
            village=given["village"],
        )

    def sentences(self) -> list[str]:
        """Return the doubts in words."""
        return [str(_SENTENCES[one]) for one in self.found_doubts]

    def _doubts(self) -> tuple[str, ...]:
        given = self.cleaned_data
        birth = Birth(given["born_on"], given["birth_year"])
        found: list[str] = list(doubts(given["pin"], birth, given["sex"], timezone.localdate()))
        among = Card.objects.filter(municipality=self.municipality, forgotten_at__isnull=True)
        if same_pin(given["pin"], among, besides=self.card).exists():
            found.append(SAME_PIN)
        return tuple(str(one) for one in found)


SAME_PIN = "same_pin"
_SENTENCES = {
    Doubt.PIN_LENGTH: gettext_lazy("The personal number does not have 14 digits."),
    Doubt.PIN_DATE: gettext_lazy("The personal number and the day of birth do not fit together."),
    Doubt.PIN_SEX: gettext_lazy("The personal number and the sex do not fit together."),
    Doubt.BORN_LATER: gettext_lazy("The day of birth is in the future."),
    Doubt.BORN_LONG_AGO: gettext_lazy("By the year of birth the person is over 120 years old."),
    Doubt.NO_PIN: gettext_lazy(
        "No personal number is given. The person can be helped all the same."
    ),
    Doubt.NO_BIRTH: gettext_lazy("Neither day nor year of birth is given."),
    SAME_PIN: gettext_lazy("A card with this personal number is here already. Look for it first."),
}


class CorrectionForm(CardForm):
    """The card once more, with the reason of the correction."""

    reason = forms.CharField(
        label=gettext_lazy("Why is it corrected?"),
        help_text=gettext_lazy("For example: by the passport; the person asked for it."),
        max_length=300,
        widget=forms.TextInput(attrs=QUIET),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class ParticularForm(AsharForm):
    """Particulars of one kind."""

    text = forms.CharField(
        label=gettext_lazy("What must be known to help"),
        help_text=gettext_lazy("As little as helps. Do not copy a diagnosis or a paper here."),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 6, **QUIET}),
    )
