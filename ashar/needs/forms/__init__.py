"""Input of needs: studies, sessions, grouping of answers, gatherings, outcomes, lists."""

from __future__ import annotations

from ashar.needs.forms.gatherings import (
    AgendaRows,
    AttendanceForm,
    GatheringForm,
    MinutesForm,
    SuggestionRows,
    VersionForm,
    VotesForm,
)
from ashar.needs.forms.lists import GatheringFilter, NeedFilter, StudyFilter
from ashar.needs.forms.needs import GroupingForm, OutcomeForm, UngroupingForm
from ashar.needs.forms.sessions import AnswerRows, SessionForm, answers_in
from ashar.needs.forms.studies import StudyForm

__all__ = [
    "AgendaRows",
    "AnswerRows",
    "AttendanceForm",
    "GatheringFilter",
    "GatheringForm",
    "GroupingForm",
    "MinutesForm",
    "NeedFilter",
    "OutcomeForm",
    "SessionForm",
    "StudyFilter",
    "StudyForm",
    "SuggestionRows",
    "UngroupingForm",
    "VersionForm",
    "VotesForm",
    "answers_in",
]
