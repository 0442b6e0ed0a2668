"""Protected cards, what is kept with them, and who read them."""

from __future__ import annotations

from ashar.people.models.cards import Card, Consent, Correction, Particular
from ashar.people.models.readings import Clearance, Reading

__all__ = ["Card", "Clearance", "Consent", "Correction", "Particular", "Reading"]
