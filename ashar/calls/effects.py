"""What a decision brings about in a contest."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from ashar.calls import actions
from ashar.cases.models import Case, Decision


def set_closing(case: Case, decision: Decision, _argument: object) -> None:
    """Keep the closing moment that the customer announced or put off."""
    closes_at = datetime.fromisoformat(str(decision.answers["closes_at"]))
    actions.set_closing(case, closes_at)


def lapse_drafts(case: Case, decision: Decision, _argument: object) -> None:
    """Close the drafts not handed in."""
    actions.lapse_drafts(case, now=decision.at)


def freeze_sealing(case: Case, decision: Decision, _argument: object) -> None:
    """Fix which members of the commission open the proposals together."""
    actions.freeze_sealing(case, decision)


def open_proposals(case: Case, _decision: Decision, _argument: object) -> None:
    """Show the proposals handed in to the customer and the commission."""
    actions.open_proposals(case)


def leave_unopened(case: Case, decision: Decision, _argument: object) -> None:
    """Set aside the proposals that nobody could open."""
    actions.leave_unopened(case, decision)


def keep_submission(case: Case, decision: Decision, _argument: object) -> None:
    """Keep what was handed in, unchangeable."""
    actions.keep_submission(case, decision)


def freeze_ranking_of_proposals(case: Case, _decision: Decision, _argument: object) -> None:
    """Write totals and places."""
    actions.freeze_ranking(case)


def unfreeze_ranking(case: Case, _decision: Decision, _argument: object) -> None:
    """Take totals and places back."""
    actions.unfreeze_ranking(case)


def settle_proposals(case: Case, decision: Decision, _argument: object) -> None:
    """Tell every proposal whether it won."""
    actions.settle_proposals(case, now=decision.at)


EFFECTS: dict[str, Callable[[Case, Decision, object], None]] = {
    "set_closing": set_closing,
    "lapse_drafts": lapse_drafts,
    "freeze_sealing": freeze_sealing,
    "open_proposals": open_proposals,
    "leave_unopened": leave_unopened,
    "keep_submission": keep_submission,
    "freeze_ranking_of_proposals": freeze_ranking_of_proposals,
    "unfreeze_ranking": unfreeze_ranking,
    "settle_proposals": settle_proposals,
}
