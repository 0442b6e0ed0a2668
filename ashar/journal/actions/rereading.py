"""Taking rows as they are: after an upgrade that wrote into watched tables."""

from __future__ import annotations

from django.db import models

from ashar.journal.actions.deeds import deed, note_written
from ashar.journal.actions.entries import write
from ashar.journal.core.chain import ROWS_REREAD
from ashar.journal.queries.checking import known_rows
from ashar.journal.queries.rows import digests


@deed
def reread(table: type[models.Model], *, reason: str, by: object = None) -> int:
    """Digest every row of the table anew; the entry says so and why, for ever.

    Returns how many rows differed from what the journal said of them. Meant for an upgrade
    that filled a column; every check of the journal names the entry.
    """
    label = table._meta.label_lower  # noqa: SLF001 - Django's documented name
    known, present = known_rows(label), digests(table)
    differ = [name for name in {**known, **present} if known.get(name) != present.get(name)]
    write(ROWS_REREAD, subject=label, by=by, data={"reason": reason, "rows": len(differ)})
    note_written(table, [name.partition(":")[2] for name in differ])
    return len(differ)
