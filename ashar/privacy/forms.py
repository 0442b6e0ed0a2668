"""What is typed on the pages of one's own data and of requests about cards."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from ashar.interface.forms import AsharForm
from ashar.privacy.choices import OwnRequestKind

QUIET = {"autocomplete": "off", "spellcheck": "false"}


class OwnRequestForm(AsharForm):
    """What should be corrected, or that one wishes to be forgotten."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What do you ask?"),
        choices=OwnRequestKind.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("In your own words"),
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4, **QUIET}),
    )


class CardRequestForm(AsharForm):
    """Why a copy is given or the person forgotten."""

    reason = forms.CharField(
        label=gettext_lazy("Why?"),
        help_text=gettext_lazy("For example: she asked for it in writing on this day."),
        max_length=300,
        min_length=5,
        widget=forms.TextInput(attrs=QUIET),
    )


class FindCardForm(AsharForm):
    """The reference that stands on the card."""

    ref = forms.CharField(
        label=gettext_lazy("Reference of the card"),
        help_text=gettext_lazy("It stands above the name, for example K7M2-9QXDT."),
        max_length=16,
        widget=forms.TextInput(attrs={"data-width": "10", **QUIET}),
    )

    def clean_ref(self) -> str:
        """Return the reference as it is kept."""
        return str(self.cleaned_data["ref"]).strip().upper()
