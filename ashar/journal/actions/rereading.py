"""Taking rows as they are: after an upgrade that wrote into watched tables."""

from __future__ import annotations

from django.db import models

from ashar.journal.actions.deeds import deed, note_written
from ashar.journal.actions.entries import write
from ashar.journal.core.chain import ROWS_REREAD, walk
from ashar.journal.core.rows import by_table
from ashar.journal.queries.checking import known_rows, lines
from ashar.journal.queries.rows import digests, watched_models


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


def read_new_tables() -> list[str]:
    """Read the tables of which the journal knows no row yet: those that an upgrade made watched.

    Returns their names. A table of which it knows one row is never read anew in this way.
    """
    known = by_table(walk(lines()).rows)
    fresh = []
    for table in watched_models():
        label = table._meta.label_lower  # noqa: SLF001 - Django's documented name
        if label not in known and table._base_manager.exists():  # noqa: SLF001
            reread(table, reason="watched since this version")
            fresh.append(label)
    return fresh
