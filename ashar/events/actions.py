"""Writes of events: attendance, agenda, suggestions and ballots."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import F

from ashar.events.core import HeadCount
from ashar.events.models import AgendaItem, Attendance, Ballot, Event, Suggestion
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account


class ChangedMeanwhile(Exception):
    """Somebody else saved the same page between its reading and this click."""


def claim(event: Event, version: int | None) -> None:
    """Take the next version of the event; raises ChangedMeanwhile when it is not as was read."""
    rows = Event.objects.filter(pk=event.pk)
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(version=F("version") + 1):
        raise ChangedMeanwhile
    event.refresh_from_db(fields=["version"])


@deed
def change_event(
    event: Event, *, by: Account | None, version: int | None = None, **values: object
) -> None:
    """Write the day, time, place and other particulars of the event."""
    claim(event, version)
    for name, value in values.items():
        setattr(event, name, value)
    event.save(update_fields=list(values))
    _note("event_changed", event, by, {"fields": sorted(values)})


@deed
def write_attendance(
    event: Event, counts: Iterable[HeadCount], *, by: Account | None, version: int | None = None
) -> None:
    """Write anew who came to the event, in counts."""
    claim(event, version)
    event.attendance.all().delete()
    made = Attendance.objects.bulk_create(
        Attendance(
            event=event,
            territory=event.territory,
            sex=count.sex,
            age_band=count.age_band,
            with_disability=count.with_disability,
            number=count.number,
        )
        for count in counts
    )
    _note("attendance_written", event, by, {"people": sum(row.number for row in made)})


@deed
def write_agenda(event: Event, items: Iterable[tuple[str, str]], *, by: Account | None) -> None:
    """Write anew the agenda of the event: each item in Kyrgyz and Russian."""
    event.agenda.all().delete()
    made = AgendaItem.objects.bulk_create(
        AgendaItem(event=event, position=number, text_ky=ky, text_ru=ru)
        for number, (ky, ru) in enumerate(items, 1)
    )
    _note("agenda_written", event, by, {"items": len(made)})


@deed
def write_suggestions(
    event: Event,
    rows: Iterable[Mapping[str, object]],
    *,
    by: Account | None,
    version: int | None = None,
) -> None:
    """Write anew what people proposed at the event; a row has group, text, answer, is_accepted."""
    claim(event, version)
    event.suggestions.all().delete()
    made = Suggestion.objects.bulk_create(
        Suggestion(
            event=event,
            group=str(row.get("group") or ""),
            text=str(row["text"]),
            answer=str(row.get("answer") or ""),
            is_accepted=bool(row.get("is_accepted")),
        )
        for row in rows
    )
    _note("suggestions_written", event, by, {"suggestions": len(made)})


@deed
def count_ballots(
    event: Event,
    counts: Mapping[int, tuple[int, int, int] | None],
    *,
    by: Account | None,
    version: int | None = None,
) -> None:
    """Write the votes by ballot pk: in favour, against, abstained; None means not counted."""
    claim(event, version)
    for pk, votes in counts.items():
        in_favour, against, abstained = votes or (None, None, None)
        Ballot.objects.filter(pk=pk, event=event).update(
            in_favour=in_favour, against=against, abstained=abstained
        )
    _note("votes_counted", event, by, {"questions": len(counts)})


def _note(action: str, event: Event, by: Account | None, data: dict[str, object]) -> None:
    """Write the line of the journal under the case of the event, if it has one."""
    ref = event.case.ref if event.case else ""
    journal.write(action, subject=f"event:{event.ref}", case_ref=ref, by=by, data=data)
