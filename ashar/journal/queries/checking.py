"""Checking the journal against itself, against the tables, and against what others hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from ashar.journal.core import merkle, note
from ashar.journal.core.chain import Found, Line, walk
from ashar.journal.core.rows import by_table, compare
from ashar.journal.models import Checkpoint, Entry, Head
from ashar.journal.queries.keys import is_ours
from ashar.journal.queries.rows import digests, watched_models

CHUNK = 5000


@dataclass
class Report:
    """What a check of the journal says, in words for an auditor."""

    entries: int = 0
    rows: int = 0
    checkpoints: int = 0
    faults: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found."""
        return not self.faults


def lines() -> Iterator[Line]:
    """Return every entry in the order of writing, as it is digested."""
    rows = Entry.objects.order_by("number").values_list(*Line._fields)
    return map(Line._make, rows.iterator(chunk_size=CHUNK))


def known_rows(label: str) -> dict[str, str | None]:
    """Return what the journal knows of the rows of one table."""
    return by_table(walk(lines()).rows).get(label, {})


def leaves(size: int) -> list[bytes]:
    """Return the leaves of the tree of the first `size` entries."""
    found = Entry.objects.filter(number__lte=size).order_by("number")
    return [bytes.fromhex(one) for one in found.values_list("digest", flat=True)]


def verify(*, held: Iterable[str] = (), with_rows: bool = True) -> Report:
    """Check the chain, the rows of every watched table, and every checkpoint.

    `held` are signed notes that others kept: what was published once cannot be rewritten
    unseen, not even by the owner of the database. Entries younger than the newest note held
    outside are as safe as the database is.
    """
    tree: list[bytes] = []
    found = walk(lines(), leaves=tree)
    report = Report(entries=found.entries, faults=found.faults, notes=found.notes)
    _check_head(found, report)
    if with_rows:
        _check_rows(found, report)
    _check_checkpoints(tree, report)
    for text in held:
        _check_note(text, tree, "the checkpoint held outside", report)
    return report


def _check_head(found: Found, report: Report) -> None:
    head = Head.objects.filter(pk=1).first()
    number, digest = (head.number, head.digest) if head else (0, found.head)
    if number != found.entries or digest != found.head:
        report.faults.append(
            f"the journal ends with entry {found.entries}, its head speaks of {number}"
        )


def _check_rows(found: Found, report: Report) -> None:
    known = by_table(found.rows)
    for model in watched_models():
        present = digests(model)
        label = model._meta.label_lower  # noqa: SLF001 - Django's documented name
        report.rows += len(present)
        kept = ((name, str(digest)) for name, digest in present.items())
        report.faults += compare(known.get(label, {}), kept)


def _check_checkpoints(tree: list[bytes], report: Report) -> None:
    """Compare every published root with the tree of today, reading the leaves once."""
    frontier: list[bytes] = []
    size = 0
    for published in Checkpoint.objects.order_by("size"):
        report.checkpoints += 1
        if published.size > len(tree):
            report.faults.append(f"checkpoint {published.size} speaks of entries that are gone")
            continue
        while size < published.size:
            merkle.add(frontier, size, tree[size])
            size += 1
        if merkle.root_of_frontier(frontier).hex() != published.root:
            report.faults.append(f"checkpoint {published.size} does not fit the entries under it")
        _check_signature(published, report)


def _check_signature(published: Checkpoint, report: Report) -> None:
    try:
        said, _signatures = note.read(published.note)
        is_true = is_ours(published.note)
    except note.BadNote as wrong:
        report.faults.append(f"checkpoint {published.size}: {wrong}")
        return
    if (said.size, said.root.hex()) != (published.size, published.root) or not is_true:
        report.faults.append(f"checkpoint {published.size} is not what was signed")


def _check_note(text: str, tree: list[bytes], name: str, report: Report) -> None:
    try:
        said, _signatures = note.read(text)
        is_known = is_ours(text)
    except note.BadNote as wrong:
        report.faults.append(f"{name}: {wrong}")
        return
    if not is_known:
        report.faults.append(f"{name} ({said.size}) was not signed by this journal")
    elif said.size > len(tree):
        report.faults.append(f"{name} speaks of {said.size} entries, here are {len(tree)}")
    elif merkle.root(tree[: said.size]) != said.root:
        report.faults.append(f"{name} ({said.size}) does not fit: the history was rewritten")
    else:
        report.notes.append(f"{name} fits: the first {said.size} entries are as they were")
