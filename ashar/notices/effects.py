"""What a decision brings about for those whom it concerns."""

from __future__ import annotations

from ashar.cases.models import Case, Decision
from ashar.notices.actions import tell_of_decision
from ashar.procedures.registry import Takes


def notify(case: Case, decision: Decision, actor: str) -> None:
    """Tell the actor what was decided."""
    tell_of_decision(case, decision, actor)


TAKES = {"notify": Takes("actor")}
EFFECTS = {"notify": notify}
