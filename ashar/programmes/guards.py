"""What must be true before a programme of social orders moves on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ashar.cases.guards import not_in_future
from ashar.procedures.facts import answer, count, day, names, said_day
from ashar.procedures.reasons import Reason
from ashar.procedures.registry import Facts, Guard

if TYPE_CHECKING:
    from collections.abc import Mapping


def measures_listed(facts: Facts, _argument: object) -> Reason | None:
    """The programme says what it will do."""
    return None if count(facts, "measures_count") else Reason("measures_listed", {})


def every_measure_cites_ranked_need(facts: Facts, _argument: object) -> Reason | None:
    """Each measure answers a need that people ranked."""
    left = names(facts, "measures_without_ranked_need")
    return Reason("every_measure_cites_ranked_need", {"measures": left}) if left else None


def funding_listed(facts: Facts, _argument: object) -> Reason | None:
    """Each measure says from which sources it is paid."""
    left = names(facts, "measures_without_funding")
    return Reason("funding_listed", {"measures": left}) if left else None


def resolution_not_in_future(facts: Facts, _argument: object) -> Reason | None:
    """The kenesh has already adopted the resolution that is entered."""
    late = not_in_future(facts, "resolution_date")
    return Reason("resolution_not_in_future", late.params) if late else None


def resolution_after_submission(facts: Facts, _argument: object) -> Reason | None:
    """The kenesh decided on this draft, not before the draft was put before it."""
    given, submitted = answer(facts, "resolution_date", date), day(facts, "submitted_on")
    if given is None or submitted is None or given >= submitted:
        return None
    said = {"day": said_day(given), "submitted": said_day(submitted)}
    return Reason("resolution_after_submission", said)


def no_call_open(facts: Facts, _argument: object) -> Reason | None:
    """No contest under this programme is still running."""
    running = count(facts, "open_calls_under")
    return Reason("no_call_open", {"count": running}) if running else None


GUARDS: Mapping[str, Guard] = {
    "measures_listed": Guard(measures_listed, needs=("measures_count",)),
    "every_measure_cites_ranked_need": Guard(
        every_measure_cites_ranked_need, needs=("measures_without_ranked_need",)
    ),
    "funding_listed": Guard(funding_listed, needs=("measures_without_funding",)),
    "resolution_not_in_future": Guard(resolution_not_in_future, needs=("answers", "today")),
    "resolution_after_submission": Guard(
        resolution_after_submission, needs=("answers", "submitted_on")
    ),
    "no_call_open": Guard(no_call_open, needs=("open_calls_under",)),
}
