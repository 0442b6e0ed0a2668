"""What the guards of a needs study and of a gathering need to know."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils import timezone

from ashar.cases.models import Case
from ashar.cases.queries import law
from ashar.events.queries import present_at
from ashar.kernel.dates import Duration, end_of
from ashar.kernel.text import Wording
from ashar.needs.queries import (
    answers_of,
    ballots_of,
    figure,
    need_words,
    place_words,
)
from ashar.needs.queries import ungrouped_answers as answers_left

CALLED = ("announced", "held", "decided")


def study_villages(case: Case) -> int:
    """Return how many villages the study covers."""
    return case.needs_study.villages.count()


def answers_count(case: Case) -> int:
    """Return how many answers were recorded."""
    return answers_of(case.needs_study).count()


def villages_without_answers(case: Case) -> tuple[Wording, ...]:
    """Return the villages of the study where nobody answered yet."""
    heard = answers_of(case.needs_study).order_by().values("event__territory_id")
    silent = case.needs_study.villages.exclude(pk__in=heard).order_by("sort_key", "code")
    return tuple(place_words(village) for village in silent)


def ungrouped_answers(case: Case) -> int:
    """Return how many answers are not under a need yet."""
    return answers_left(case.needs_study).count()


def gatherings_called(case: Case) -> int:
    """Return how many gatherings rely on the ranking of the study."""
    return case.needs_study.gatherings.filter(case__stage__in=CALLED).count()


def gatherings_decided(case: Case) -> int:
    """Return how many gatherings of the study voted with a quorum."""
    return case.needs_study.gatherings.filter(case__stage="decided").count()


def needs_without_outcome(case: Case) -> tuple[Wording, ...]:
    """Return the ranked needs of which nobody said what becomes."""
    left = case.needs_study.needs.filter(position__isnull=False, outcome__isnull=True)
    return tuple(need_words(need) for need in left)


def agenda_items(case: Case) -> int:
    """Return how many items the agenda of the gathering has."""
    return case.gathering.event.agenda.count()


def gathering_on(case: Case) -> date | None:
    """Return the day of the gathering; None when it is not set."""
    return case.gathering.event.held_on


def gathering_earliest_on(case: Case) -> date | None:
    """Return the first day on which the gathering may be held if announced today.

    None when nobody knows the term of notice: then it is not checked.
    """
    term = figure(case, "gathering_notice_term").value
    if not isinstance(term, Duration):
        return None
    return end_of(timezone.localdate(), term, law().calendar)


def gathering_present(case: Case) -> int | None:
    """Return how many people came; None when it was not recorded."""
    return present_at(case.gathering.event)


def ballot_questions(case: Case) -> int:
    """Return how many questions were put to the vote."""
    return ballots_of(case.gathering).count()


def questions_without_votes(case: Case) -> tuple[Wording, ...]:
    """Return the questions whose votes were not counted."""
    return tuple(
        Wording(ballot.question_ky, ballot.question_ru)
        for ballot in ballots_of(case.gathering)
        if not ballot.is_counted
    )


def questions_with_too_many_votes(case: Case) -> tuple[Wording, ...]:
    """Return the questions with more votes than people who came."""
    present = present_at(case.gathering.event) or 0
    return tuple(
        Wording(ballot.question_ky, ballot.question_ru)
        for ballot in ballots_of(case.gathering)
        if ballot.cast > present
    )


FACTS: dict[str, Callable[[Case], object]] = {
    fact.__name__: fact
    for fact in (
        study_villages,
        answers_count,
        villages_without_answers,
        ungrouped_answers,
        gatherings_called,
        gatherings_decided,
        needs_without_outcome,
        agenda_items,
        gathering_on,
        gathering_earliest_on,
        gathering_present,
        ballot_questions,
        questions_without_votes,
        questions_with_too_many_votes,
    )
}
