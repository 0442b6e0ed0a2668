"""Writes of the documents room: a paper is made, a file is taken in.

The journal entry is written by the action above that files the document on its case: there
it is known in which matter and by which mandate.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language

from ashar.documents.choices import Visibility, paper_words, refusal_sentence
from ashar.documents.core import (
    Checked,
    Imprint,
    Paper,
    RefusedFile,
    check_upload,
    digest,
    scan,
    snapshot,
    to_docx,
    to_pdf,
)
from ashar.documents.models import Document
from ashar.journal.actions import deed
from ashar.journal.queries.marks import printed_mark
from ashar.kernel.ids import new_ref

TEMPLATE = "paper/1"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_FORMS = ((".docx", _DOCX, to_docx), (".pdf", "application/pdf", to_pdf))
_LONGEST_TITLE = 300


class RefusedUpload(ValueError):
    """The file is not taken in; `str()` says why and what to do, in the reader's language."""

    def __init__(self, reason: str) -> None:
        super().__init__(refusal_sentence(reason))
        self.reason = reason


class MissingKyrgyz(ValueError):
    """A paper open to everybody has no Kyrgyz text, which would be its original."""


@deed
def make_paper(
    kind: str,
    papers: dict[str, Paper],
    *,
    by: Any,
    visibility: str,
    data: object = None,
) -> list[Document]:
    """Make the Word and the PDF file of a paper in each language, from one snapshot of data.

    All files carry one verification code. `data` is what the papers were built from, kept with
    them (text, whole numbers, Som, lists, mappings).
    """
    if visibility == Visibility.PUBLIC and "ky" not in papers:
        raise MissingKyrgyz(kind)
    made_from = snapshot(papers, data)
    code, moment = new_ref(), timezone.now()
    imprint = Imprint(
        code=code,
        address=f"{settings.ASHAR_ADDRESS}/v/{code}/",
        sha256=digest(made_from),
        made_at=f"{timezone.localtime(moment):%d.%m.%Y %H:%M}",
        mark=printed_mark(),
    )
    titles = {
        f"title_{lang}": papers[lang].title[:_LONGEST_TITLE] for lang in papers if lang != "en"
    }
    common = {
        "kind": kind,
        "visibility": visibility,
        "made_from": made_from,
        "made_from_sha256": imprint.sha256,
        "template": TEMPLATE,
        "verification_code": code,
        "created_at": moment,
        **titles,
    }
    made = []
    for language in sorted(papers, key=lambda lang: (lang != "ky", lang)):
        paper = papers[language]
        words = paper_words(paper)
        for ending, media_type, render in _FORMS:
            name = f"{kind.replace('_', '-')}-{code}-{language}{ending}"
            file = Checked(name, media_type, render(paper, words, imprint))
            made.append(_store(file, by, language=language, **common))
    return made


@deed
def store_upload(
    file: File[bytes],
    *,
    kind: str,
    title: str,
    by: Any,
    visibility: str,
    language: str = "",
) -> Document:
    """Take in a file that somebody sends; raise `RefusedUpload` with a sentence if it may not."""
    limit = settings.DOCUMENT_MAX_BYTES
    if (file.size or 0) > limit:
        raise RefusedUpload("too_large")
    try:
        checked = check_upload(file.name or "", file.read(limit + 1), limit)
        if settings.ASHAR_VIRUS_SCANNER:
            scan(settings.ASHAR_VIRUS_SCANNER, checked.content)
    except RefusedFile as refused:
        raise RefusedUpload(refused.reason) from refused
    shown = " ".join((title or checked.name).split())[:_LONGEST_TITLE]
    side = "title_ru" if (language or get_language()) == "ru" else "title_ky"
    given = {"kind": kind, "visibility": visibility, "language": language, side: shown}
    return _store(checked, by, **given)


def _store(file: Checked, by: Any, **given: Any) -> Document:
    document = Document(
        ref=new_ref(),
        file_name=file.name,
        sha256=hashlib.sha256(file.content).hexdigest(),
        size=len(file.content),
        media_type=file.media_type,
        created_by=by if getattr(by, "pk", None) else None,
        created_by_name=_name_of(by),
        **given,
    )
    document.file.save(slugify(document.ref), ContentFile(file.content), save=False)
    written = _WrittenFile(Path(document.file.path))
    transaction.on_commit(written.keep)
    document.save(force_insert=True)
    return document


class _WrittenFile:
    """A file on the disk before its record: it goes again when the record is given up.

    Django forgets what waits for the end of a transaction when that is taken back; with it
    goes the last that knows this file. A power cut leaves the file to `ashar documents sweep`.
    """

    def __init__(self, path: Path) -> None:
        """Put the file and its name on the disk: a record never points to nothing."""
        self.path = path
        self.is_kept = False
        _put_to_disk(path)
        _put_to_disk(path.parent)

    def keep(self) -> None:
        """The record is there for good."""
        self.is_kept = True

    def __del__(self) -> None:
        """Take the file away if nothing will ever name it."""
        if not self.is_kept:
            with suppress(OSError):
                self.path.unlink()


def _put_to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sweep_orphans(older_than: timedelta) -> list[Path]:
    """Take away files that no record names; young ones may belong to work that is going on."""
    kept = set(Document.objects.values_list("file", flat=True))
    root, moment = Path(settings.MEDIA_ROOT), timezone.now() - older_than
    orphans = [
        path
        for path in sorted((root / "documents").rglob("*"))
        if path.is_file()
        and path.relative_to(root).as_posix() not in kept
        and path.stat().st_mtime <= moment.timestamp()
    ]
    for path in orphans:
        path.unlink()
    return orphans


def _name_of(by: Any) -> str:
    return str(by)[:200] if getattr(by, "pk", None) else ""
