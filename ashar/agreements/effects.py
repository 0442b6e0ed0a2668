"""What a decision brings about in an agreement."""

from __future__ import annotations

from collections.abc import Callable

from ashar.agreements import actions
from ashar.cases.models import Case, Decision


def create_agreement(case: Case, decision: Decision, _argument: object) -> None:
    """Open the draft of the agreement with the winner."""
    actions.create_agreements(case, by=decision.made_by)


def record_signature(case: Case, decision: Decision, _argument: object) -> None:
    """Keep the number and the day of signing."""
    actions.record_signature(case, decision)


def record_preparation(case: Case, decision: Decision, _argument: object) -> None:
    """Keep who prepared the payment."""
    actions.record_preparation(case, decision)


def withdraw_preparation(case: Case, _decision: Decision, _argument: object) -> None:
    """Forget the prepared payment."""
    actions.withdraw_preparation(case)


def free_need(case: Case, _decision: Decision, _argument: object) -> None:
    """Let another programme pay for the need in the years that are over with this agreement."""
    actions.free_need(case)


def record_payment(case: Case, decision: Decision, _argument: object) -> None:
    """Keep the payment that two persons let go."""
    actions.record_payment(case, decision)


def release_tranches(case: Case, _decision: Decision, _argument: object) -> None:
    """Make payable what waited for this report."""
    actions.release_tranches(case)


def publish_findings(case: Case, _decision: Decision, _argument: object) -> None:
    """Open the findings of the visit to everybody."""
    actions.publish_findings(case)


EFFECTS: dict[str, Callable[[Case, Decision, object], None]] = {
    "create_agreement": create_agreement,
    "record_signature": record_signature,
    "record_preparation": record_preparation,
    "withdraw_preparation": withdraw_preparation,
    "free_need": free_need,
    "record_payment": record_payment,
    "release_tranches": release_tranches,
    "publish_findings": publish_findings,
}
