"""Who read the cards of a municipality, week by week, for the one who answers for them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from ashar.parties.models import Account
from ashar.people.choices import Purpose
from ashar.people.models import Card, Reading
from ashar.places.models import Territory

OPEN_FOR = timedelta(minutes=15)


@dataclass(frozen=True)
class WeekOfReader:
    """What one person read in a week: how many times, how many people, for which purposes."""

    reader: Account
    readings: int
    cards: int
    purposes: tuple[tuple[str, int], ...]
    at_night: int


def open_reading(card: Card, reader: Account) -> Reading | None:
    """Return the reading for which the person stated a reason a short while ago."""
    since = timezone.now() - OPEN_FOR
    found: Reading | None = (
        Reading.objects.filter(card=card, reader=reader, opened_at__gte=since)
        .order_by("-pk")
        .first()
    )
    return found


def monday_of(day: date) -> date:
    """Return the first day of the week."""
    return day - timedelta(days=day.weekday())


def week_of_readers(places: Iterable[Territory], monday: date) -> list[WeekOfReader]:
    """Return who read the cards of these municipalities in the week, the busiest first."""
    begin = timezone.make_aware(datetime.combine(monday, time.min))
    rows = (
        Reading.objects.filter(
            card__municipality__in=list(places),
            opened_at__gte=begin,
            opened_at__lt=begin + timedelta(days=7),
        )
        .select_related("reader__person")
        .order_by("pk")
    )
    by_reader: dict[int, list[Reading]] = {}
    for row in rows:
        by_reader.setdefault(row.reader_id, []).append(row)
    weeks = [_week(found) for found in by_reader.values()]
    return sorted(weeks, key=lambda week: (-week.readings, week.reader.pk))


def _week(rows: list[Reading]) -> WeekOfReader:
    purposes = Counter(row.purpose for row in rows)
    return WeekOfReader(
        reader=rows[0].reader,
        readings=len(rows),
        cards=len({row.card_id for row in rows}),
        purposes=tuple(
            (str(Purpose(purpose).label), number) for purpose, number in purposes.most_common()
        ),
        at_night=sum(_is_outside_hours(timezone.localtime(row.opened_at)) for row in rows),
    )


def _is_outside_hours(moment: datetime) -> bool:
    """Say whether an office is usually closed: before seven, after nine, at the week's end."""
    return not (_OPENS <= moment.hour < _CLOSES) or moment.weekday() >= _SATURDAY


_OPENS, _CLOSES, _SATURDAY = 7, 21, 5
