"""Reads of sealed envelopes."""

from __future__ import annotations

from ashar.seals.queries.envelopes import (
    Waiting,
    holder_in,
    holders_of,
    last_envelope_of,
    recipients_of,
    sealing_of,
    share_for,
    unopened_in,
    waiting_count,
    waiting_of,
)
from ashar.seals.queries.keys import live_key_of, live_keys_of

__all__ = [
    "Waiting",
    "holder_in",
    "holders_of",
    "last_envelope_of",
    "live_key_of",
    "live_keys_of",
    "recipients_of",
    "sealing_of",
    "share_for",
    "unopened_in",
    "waiting_count",
    "waiting_of",
]
