"""What must be true before a needs study or a gathering moves on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ashar.cases.guards import figure_known
from ashar.procedures.facts import count, day, names, said_day
from ashar.procedures.model import Number
from ashar.procedures.reasons import Reason
from ashar.procedures.registry import Facts, Guard, Takes

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date


def study_has_villages(facts: Facts, _argument: object) -> Reason | None:
    """The study says which villages it covers."""
    return None if count(facts, "study_villages") else Reason("study_has_villages", {})


def answers_recorded(facts: Facts, _argument: object) -> Reason | None:
    """Somebody answered in every village of the study."""
    if not count(facts, "answers_count"):
        return Reason("answers_recorded", {})
    silent = names(facts, "villages_without_answers")
    return Reason("villages_without_answers", {"villages": silent}) if silent else None


def every_answer_grouped(facts: Facts, _argument: object) -> Reason | None:
    """No answer was left outside the catalogue of needs."""
    left = count(facts, "ungrouped_answers")
    return Reason("every_answer_grouped", {"count": left}) if left else None


def no_gathering_called(facts: Facts, _argument: object) -> Reason | None:
    """No gathering relies on the ranking yet."""
    return Reason("no_gathering_called", {}) if count(facts, "gatherings_called") else None


def gathering_held(facts: Facts, _argument: object) -> Reason | None:
    """A gathering with quorum voted on the ranking."""
    return None if count(facts, "gatherings_decided") else Reason("gathering_held", {})


def every_need_has_outcome(facts: Facts, _argument: object) -> Reason | None:
    """No ranked need vanishes without a stated outcome."""
    left = names(facts, "needs_without_outcome")
    return Reason("every_need_has_outcome", {"needs": left}) if left else None


def agenda_written(facts: Facts, _argument: object) -> Reason | None:
    """People can read beforehand what will be decided."""
    return None if count(facts, "agenda_items") else Reason("agenda_written", {})


def gathering_in_future(facts: Facts, _argument: object) -> Reason | None:
    """The gathering is called for a day that has not come yet."""
    held_on, today = day(facts, "gathering_on"), day(facts, "today")
    if held_on is None:
        return Reason("gathering_day_missing", {})
    if today is not None and held_on <= today:
        return Reason("gathering_in_future", {"day": said_day(held_on)})
    return None


def notice_term_kept(facts: Facts, _argument: object) -> Reason | None:
    """Between notice and gathering lies the term of the charter; an unknown term is not checked."""
    held_on, earliest = day(facts, "gathering_on"), day(facts, "gathering_earliest_on")
    if held_on is None or earliest is None or held_on >= earliest:
        return None
    return Reason("notice_term_kept", {"earliest": said_day(earliest)})


def gathering_day_came(facts: Facts, _argument: object) -> Reason | None:
    """Nobody records a gathering before its day."""
    held_on, today = day(facts, "gathering_on"), day(facts, "today")
    if held_on is None:
        return Reason("gathering_day_missing", {})
    return (
        Reason("gathering_day_came", {"day": said_day(held_on)}) if _later(held_on, today) else None
    )


def _later(when: date, today: date | None) -> bool:
    return today is not None and when > today


def attendance_recorded(facts: Facts, _argument: object) -> Reason | None:
    """The number of people who came was written down."""
    return Reason("attendance_recorded", {}) if facts["gathering_present"] is None else None


def _present_and_needed(facts: Facts, argument: object) -> tuple[int, int]:
    present = 0 if facts["gathering_present"] is None else count(facts, "gathering_present")
    needed = argument.value if isinstance(argument, Number) else None
    if not isinstance(needed, int):
        raise TypeError("the quorum of a gathering is a number of people")
    return present, needed


def quorum_present(facts: Facts, argument: object) -> Reason | None:
    """At least as many people came as the charter asks for."""
    unknown = figure_known(facts, argument)
    if unknown:
        return unknown
    present, needed = _present_and_needed(facts, argument)
    return (
        Reason("quorum_present", {"present": present, "needed": needed})
        if present < needed
        else None
    )


def quorum_absent(facts: Facts, argument: object) -> Reason | None:
    """Fewer people came than the charter asks for."""
    unknown = figure_known(facts, argument)
    if unknown:
        return unknown
    present, needed = _present_and_needed(facts, argument)
    return (
        Reason("quorum_absent", {"present": present, "needed": needed})
        if present >= needed
        else None
    )


def votes_recorded(facts: Facts, _argument: object) -> Reason | None:
    """Every question put to the vote has its counts."""
    if not count(facts, "ballot_questions"):
        return Reason("votes_recorded", {})
    left = names(facts, "questions_without_votes")
    return Reason("questions_without_votes", {"questions": left}) if left else None


def votes_within_attendance(facts: Facts, _argument: object) -> Reason | None:
    """No question has more votes than people who came."""
    wrong = names(facts, "questions_with_too_many_votes")
    return Reason("votes_within_attendance", {"questions": wrong}) if wrong else None


GUARDS: Mapping[str, Guard] = {
    "study_has_villages": Guard(study_has_villages, needs=("study_villages",)),
    "answers_recorded": Guard(
        answers_recorded, needs=("answers_count", "villages_without_answers")
    ),
    "every_answer_grouped": Guard(every_answer_grouped, needs=("ungrouped_answers",)),
    "no_gathering_called": Guard(no_gathering_called, needs=("gatherings_called",)),
    "gathering_held": Guard(gathering_held, needs=("gatherings_decided",)),
    "every_need_has_outcome": Guard(every_need_has_outcome, needs=("needs_without_outcome",)),
    "agenda_written": Guard(agenda_written, needs=("agenda_items",)),
    "gathering_in_future": Guard(gathering_in_future, needs=("gathering_on", "today")),
    "notice_term_kept": Guard(notice_term_kept, needs=("gathering_on", "gathering_earliest_on")),
    "gathering_day_came": Guard(gathering_day_came, needs=("gathering_on", "today")),
    "attendance_recorded": Guard(attendance_recorded, needs=("gathering_present",)),
    "quorum_present": Guard(quorum_present, needs=("gathering_present",)),
    "quorum_absent": Guard(quorum_absent, needs=("gathering_present",)),
    "majority_known": Guard(figure_known),
    "votes_recorded": Guard(votes_recorded, needs=("ballot_questions", "questions_without_votes")),
    "votes_within_attendance": Guard(
        votes_within_attendance, needs=("questions_with_too_many_votes",)
    ),
}
# The pages of a gathering read these figures by these names.
TAKES: Mapping[str, Takes] = {
    "notice_term_kept": Takes("term", called="gathering_notice_term"),
    "quorum_present": Takes("count", called="gathering_quorum"),
    "quorum_absent": Takes("count", called="gathering_quorum"),
    "majority_known": Takes("share", called="gathering_majority"),
}
