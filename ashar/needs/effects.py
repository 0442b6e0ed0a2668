"""What a decision in a study or a gathering brings about: a frozen ranking, frozen votes."""

from __future__ import annotations

from ashar.cases.models import Case, Decision
from ashar.needs import actions


def freeze_ranking(case: Case, _decision: Decision, _argument: object) -> None:
    """Freeze the place and score of every need."""
    actions.freeze_ranking(case.needs_study)


def freeze_votes(case: Case, _decision: Decision, _argument: object) -> None:
    """Freeze which needs the gathering carried."""
    actions.freeze_votes(case.gathering)


EFFECTS = {"freeze_ranking": freeze_ranking, "freeze_votes": freeze_votes}
