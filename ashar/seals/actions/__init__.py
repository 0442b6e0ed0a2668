"""Writes of sealed envelopes: one function is one thing a person does."""

from __future__ import annotations

from ashar.seals.actions.drafts import (
    DraftMoved,
    NotSealed,
    TooLarge,
    keep_draft,
    keep_paper,
    remove_paper,
)
from ashar.seals.actions.envelopes import BadEnvelope, EnvelopeData, hand_in_envelope
from ashar.seals.actions.keys import (
    BadKey,
    NoKey,
    change_passphrase,
    freeze_sealing,
    make_member_key,
    retire_member_key,
)
from ashar.seals.actions.opening import (
    NothingWaits,
    OpenedEnvelope,
    open_ready,
    open_with_identity,
    post_shares,
)

__all__ = [
    "BadEnvelope",
    "BadKey",
    "DraftMoved",
    "EnvelopeData",
    "NoKey",
    "NotSealed",
    "NothingWaits",
    "OpenedEnvelope",
    "TooLarge",
    "change_passphrase",
    "freeze_sealing",
    "hand_in_envelope",
    "keep_draft",
    "keep_paper",
    "make_member_key",
    "open_ready",
    "open_with_identity",
    "post_shares",
    "remove_paper",
    "retire_member_key",
]
