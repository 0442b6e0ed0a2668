"""Writes of needs: studies and sessions, answers and needs, gatherings, outcomes."""

from __future__ import annotations

from ashar.events.actions import ChangedMeanwhile
from ashar.needs.actions.answers import (
    OutcomePlan,
    add_need,
    group_answers,
    remove_need,
    set_outcome,
    ungroup_answers,
)
from ashar.needs.actions.gatherings import (
    GatheringPlan,
    Minutes,
    call_gathering,
    change_gathering,
    freeze_votes,
    record_attendance,
    record_suggestions,
    record_votes,
    write_minutes,
)
from ashar.needs.actions.studies import (
    NotNow,
    PastNeed,
    Session,
    StudyPlan,
    change_session,
    change_study,
    freeze_ranking,
    open_study,
    record_past_study,
    record_session,
    remove_session,
)

__all__ = [
    "ChangedMeanwhile",
    "GatheringPlan",
    "Minutes",
    "NotNow",
    "OutcomePlan",
    "PastNeed",
    "Session",
    "StudyPlan",
    "add_need",
    "call_gathering",
    "change_gathering",
    "change_session",
    "change_study",
    "freeze_ranking",
    "freeze_votes",
    "group_answers",
    "open_study",
    "record_attendance",
    "record_past_study",
    "record_session",
    "record_suggestions",
    "record_votes",
    "remove_need",
    "remove_session",
    "set_outcome",
    "ungroup_answers",
    "write_minutes",
]
