"""What a decision of the kenesh brings about in a programme."""

from __future__ import annotations

from ashar.cases.models import Case, Decision
from ashar.programmes import actions


def record_resolution(case: Case, decision: Decision, _argument: object) -> None:
    """Keep the kenesh's resolution on the programme."""
    actions.record_resolution(case, decision)


EFFECTS = {"record_resolution": record_resolution}
