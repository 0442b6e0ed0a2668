"""What a mark that somebody kept says about the journal of today."""

from __future__ import annotations

from dataclasses import dataclass

from ashar.journal.core import merkle, note
from ashar.journal.models import Checkpoint, Entry
from ashar.journal.queries.checking import leaves
from ashar.journal.queries.keys import is_ours


@dataclass(frozen=True)
class Judgement:
    """One of: fits, differs, foreign, unreadable, ahead; and the size the mark speaks of."""

    verdict: str
    size: int = 0


def judge(text: str) -> Judgement:
    """Compare a signed note with the journal, telling whether entries under it were rewritten."""
    try:
        said, _signatures = note.read(_tidy(text))
        is_known = is_ours(_tidy(text))
    except note.BadNote:
        return Judgement("unreadable")
    if not is_known:
        return Judgement("foreign", said.size)
    if said.size > Entry.objects.count():
        return Judgement("ahead", said.size)
    kept = Checkpoint.objects.filter(size=said.size).values_list("root", flat=True).first()
    top = bytes.fromhex(kept) if kept else merkle.root(leaves(said.size))
    return Judgement("fits" if top == said.root else "differs", said.size)


def _tidy(text: str) -> str:
    """Return the note as it was signed, however the letter or the form broke its lines."""
    lines = [line.strip() for line in text.replace("\r\n", "\n").strip().split("\n")]
    return "\n".join(lines) + "\n"
