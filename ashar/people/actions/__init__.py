"""Writes of the people room: one function is one thing a person does."""

from __future__ import annotations

from ashar.people.actions.cards import (
    CardDraft,
    ChangedMeanwhile,
    correct_card,
    forget_card,
    register_card,
    write_particular,
)
from ashar.people.actions.clearances import end_clearance, give_clearance
from ashar.people.actions.consents import record_consent, withdraw_consent
from ashar.people.actions.readings import note_reading, note_search, state_reason

__all__ = [
    "CardDraft",
    "ChangedMeanwhile",
    "correct_card",
    "end_clearance",
    "forget_card",
    "give_clearance",
    "note_reading",
    "note_search",
    "record_consent",
    "register_card",
    "state_reason",
    "withdraw_consent",
    "write_particular",
]
