"""Publishing a checkpoint: at the latest ten minutes after an entry, at once when it weighs."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from ashar.journal.core import merkle, note
from ashar.journal.models import Checkpoint, Entry, Head
from ashar.journal.queries.keys import PURPOSE, origin
from ashar.vault.queries.signing import signing_key

INTERVAL = timedelta(minutes=10)
LATEST = "checkpoint.txt"


def publish_checkpoint(occasion: str = "") -> Checkpoint | None:
    """Sign and publish the root over all entries written so far; None when there is nothing new.

    The note goes into the table, and into the folder of checkpoints for whoever copies it
    away: the newest always under the name `checkpoint.txt`.
    """
    head = Head.objects.filter(pk=1).first()
    last = Checkpoint.objects.order_by("-size").first()
    if head is None or head.number == (last.size if last else 0):
        return None
    frontier = [bytes.fromhex(one) for one in last.frontier] if last else []
    size = last.size if last else 0
    fresh = Entry.objects.filter(number__gt=size, number__lte=head.number).order_by("number")
    for digest in fresh.values_list("digest", flat=True).iterator(chunk_size=5000):
        merkle.add(frontier, size, bytes.fromhex(digest))
        size += 1
    root = merkle.root_of_frontier(frontier)
    said = note.Checkpoint(origin(), size, root)
    checkpoint = Checkpoint(
        size=size,
        root=root.hex(),
        occasion=occasion[:100] or "interval",
        note=note.sign(said, signing_key(PURPOSE), origin()),
        frontier=[one.hex() for one in frontier],
    )
    try:
        with transaction.atomic():
            checkpoint.save(force_insert=True)
    except IntegrityError:  # another process published the same size just now
        return Checkpoint.objects.get(size=size)
    write_file(checkpoint)
    return checkpoint


def publish_when_due() -> int:
    """Publish a checkpoint when entries wait for longer than the interval; return how many."""
    last = Checkpoint.objects.order_by("-size").first()
    if last is not None and last.at > timezone.now() - INTERVAL:
        return 0
    return 1 if publish_checkpoint() else 0


def publish_at_once(occasion: str) -> None:
    """Publish a checkpoint as soon as the present deed is kept; the clock repairs a miss."""
    transaction.on_commit(lambda: publish_checkpoint(occasion), robust=True)


def write_file(checkpoint: Checkpoint) -> None:
    """Put the note into the folder of checkpoints, whole or not at all."""
    folder = Path(settings.CHECKPOINT_DIR)
    folder.mkdir(parents=True, exist_ok=True)
    for name in (f"{checkpoint.size:012d}.txt", LATEST):
        draft = folder / f".{name}.{os.getpid()}"
        draft.write_text(checkpoint.note, encoding="utf-8")
        draft.replace(folder / name)
