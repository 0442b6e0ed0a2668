"""Reads of events: who came, in counts, and the words for groups and ages."""

from __future__ import annotations

from collections.abc import Iterable

from ashar.cases.queries import language, law
from ashar.events.core import HeadCount, People, PublicPeople, people_of, published
from ashar.events.models import Event
from ashar.people.queries.small_counts import threshold

AGE_BANDS = "age_bands"
# Small children are not asked what a community lacks.
NOT_ASKED = frozenset({"a0_2", "a3_6"})


def words_of(vocabulary: str) -> dict[str, str]:
    """Return the words of a vocabulary of the law files in the reader's language, by key."""
    terms = law().vocabulary(vocabulary).terms
    return {key: term.title.say(language()) for key, term in terms.items()}


def bands_of_those_asked() -> dict[str, str]:
    """Return the age bands of people who take part in meetings, in the reader's language."""
    return {key: title for key, title in words_of(AGE_BANDS).items() if key not in NOT_ASKED}


def counts_of(events: Iterable[Event]) -> list[HeadCount]:
    """Return all head counts of the events; prefetch `attendance` for many."""
    return [
        HeadCount(row.sex, row.age_band, row.with_disability, row.number)
        for event in events
        for row in event.attendance.all()
    ]


def people_at(*events: Event) -> People:
    """Return how many people came to the events in all and by parts.

    An event without counted parts gives its total alone. Nobody is counted twice within an
    event; the same person may have come to two.
    """
    unsplit = sum(e.present_total or 0 for e in events if not list(e.attendance.all()))
    return people_of(counts_of(events), unsplit=unsplit)


def public_people_at(*events: Event) -> PublicPeople:
    """Return who came as it may be published: small parts are left out."""
    place = events[0].territory if events else None
    return published(people_at(*events), least=threshold(place).least)


def present_at(event: Event) -> int | None:
    """Return how many people came; None when nobody wrote it down."""
    found = people_at(event)
    return found.total or event.present_total
