"""Appending entries to the chain: the last statements of a transaction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import F

from ashar.journal.core.chain import digest_of
from ashar.journal.core.rows import row_name
from ashar.journal.models import Entry, Head
from ashar.journal.queries import clock
from ashar.journal.queries.rows import digests

BATCH = 500


def _now() -> datetime:
    return clock.server_now()


@dataclass
class Pending:
    """An entry that waits for the end of its deed."""

    action: str
    subject: str = ""
    case_ref: str = ""
    actor_account: int | None = None
    actor_name: str = ""
    mandate: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    at: datetime = field(default_factory=_now)


def append(
    pending: Sequence[Pending], touched: Iterable[tuple[type[models.Model], Any]]
) -> list[Entry]:
    """Chain the entries to the journal; the last ones carry the digests of the touched rows."""
    lines = list(pending)
    marks = list(_in_batches(touched))
    lines += [
        Pending(action=lines[-1].action, subject=lines[-1].subject, case_ref=lines[-1].case_ref)
        for _more in marks[1:]
    ]
    # The head is held first and read afterwards: entries of two deeds never mix.
    if not Head.objects.filter(pk=1).update(number=F("number") + len(lines)):
        Head.objects.get_or_create(pk=1)
        Head.objects.filter(pk=1).update(number=F("number") + len(lines))
    head = Head.objects.get(pk=1)
    number, digest = head.number - len(lines), head.digest
    first_marked = len(lines) - len(marks)
    entries = []
    for position, line in enumerate(lines):
        rows = marks[position - first_marked] if position >= first_marked else {}
        number += 1
        entry = Entry(number=number, rows=rows, **vars(line))
        digest = entry.digest = digest_of([getattr(entry, name) for name in Entry.DIGESTED], digest)
        entries.append(entry)
    Entry.objects.bulk_create(entries, batch_size=BATCH)
    Head.objects.filter(pk=1).update(digest=digest, at=lines[-1].at)
    return entries


def _in_batches(
    touched: Iterable[tuple[type[models.Model], Any]],
) -> Iterator[dict[str, str | None]]:
    """Return the digests of the touched rows as they stand now, at most BATCH at a time."""
    found: dict[str, str | None] = {}
    keys: dict[type[models.Model], dict[Any, None]] = {}
    for model, key in touched:
        keys.setdefault(model, {})[key] = None
    for model, wanted in keys.items():
        label = model._meta.label_lower  # noqa: SLF001 - Django's documented name
        found |= dict.fromkeys((row_name(label, key) for key in wanted), None)
        found |= digests(model, list(wanted))
    names = list(found)
    for start in range(0, len(names), BATCH):
        yield {name: found[name] for name in names[start : start + BATCH]}
