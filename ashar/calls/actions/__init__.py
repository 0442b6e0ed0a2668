"""Writes of the calls room: one function is one thing a person does."""

from __future__ import annotations

from ashar.calls.actions.admission import (
    AdmissionDecided,
    record_automatic_checks,
    record_check,
)
from ashar.calls.actions.calls import (
    NoticeClosed,
    answer_question,
    appoint_commission,
    ask_question,
    confirm_commission,
    edit_call,
    open_call,
    set_closing,
)
from ashar.calls.actions.complaints import MayNotComplain, lodge_complaint
from ashar.calls.actions.opening import (
    freeze_sealing,
    give_shares,
    hand_in_sealed,
    leave_unopened,
    open_with_code,
)
from ashar.calls.actions.proposals import (
    CallClosed,
    DraftChanged,
    MayNotApply,
    SavedDraft,
    keep_submission,
    lapse_drafts,
    open_proposals,
    save_draft,
    start_proposal,
)
from ashar.calls.actions.receipts import make_receipt
from ashar.calls.actions.scoring import (
    OwnProposal,
    ScoringClosed,
    disclose,
    freeze_ranking,
    score,
    settle_proposals,
    unfreeze_ranking,
)

__all__ = [
    "AdmissionDecided",
    "CallClosed",
    "DraftChanged",
    "MayNotApply",
    "MayNotComplain",
    "NoticeClosed",
    "OwnProposal",
    "SavedDraft",
    "ScoringClosed",
    "answer_question",
    "appoint_commission",
    "ask_question",
    "confirm_commission",
    "disclose",
    "edit_call",
    "freeze_ranking",
    "freeze_sealing",
    "give_shares",
    "hand_in_sealed",
    "keep_submission",
    "lapse_drafts",
    "leave_unopened",
    "lodge_complaint",
    "make_receipt",
    "open_call",
    "open_proposals",
    "open_with_code",
    "record_automatic_checks",
    "record_check",
    "save_draft",
    "score",
    "set_closing",
    "settle_proposals",
    "start_proposal",
    "unfreeze_ranking",
]
