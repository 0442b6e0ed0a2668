"""What is typed on the pages of cards."""

from __future__ import annotations

from ashar.people.forms.cards import CardForm, CorrectionForm, ParticularForm
from ashar.people.forms.readings import ClearanceForm, ConsentForm, FindForm, ReasonForm

__all__ = [
    "CardForm",
    "ClearanceForm",
    "ConsentForm",
    "CorrectionForm",
    "FindForm",
    "ParticularForm",
    "ReasonForm",
]
