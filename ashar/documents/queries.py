"""What is known about a printed paper, found by the code that stands on it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ashar.documents.choices import Visibility
from ashar.documents.core import ABSENT, written
from ashar.documents.models import Document
from ashar.kernel.ids import ALPHABET, REF_LENGTH
from ashar.kernel.money import Som

# Letters that look the same and are typed on a Kyrgyz or Russian keyboard.
_LATIN = str.maketrans("ВСКМНРТХУ", "BCKMHPTXY")
_FIRST_GROUP = 4


@dataclass(frozen=True)
class VerifiedPaper:
    """What the page of verification tells about a paper."""

    code: str
    is_public: bool
    title: str
    made_at: datetime
    issued_by: str
    sha256: str
    lines: tuple[tuple[str, str], ...]
    files: tuple[Document, ...]

    @property
    def digest_parts(self) -> list[str]:
        """The digest in pieces, so that it can be read aloud and fits a narrow screen."""
        return [self.sha256[i : i + 8] for i in range(0, len(self.sha256), 8)]

    def file_with(self, sha256: str) -> Document | None:
        """The file of this paper that has this digest, if one has."""
        return next((file for file in self.files if file.sha256 == sha256), None)


def documents_without_file() -> list[str]:
    """References of documents whose file is missing or not the one that was kept."""
    return [
        document.ref
        for document in Document.objects.order_by("pk").iterator()
        if not _is_whole(document)
    ]


def _is_whole(document: Document) -> bool:
    try:
        with document.file.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == document.sha256
    except (OSError, ValueError):
        return False


def tidy_code(typed: str) -> str:
    """The code as it is kept, however it was typed: small letters, spaces, Cyrillic letters."""
    signs = re.sub(r"[^0-9A-Z]", "", typed.upper().translate(_LATIN))[: REF_LENGTH - 1]
    return f"{signs[:_FIRST_GROUP]}-{signs[_FIRST_GROUP:]}" if set(signs) <= set(ALPHABET) else ""


def verified_paper(code: str, language: str) -> VerifiedPaper | None:
    """The paper with this code; its particulars only when it is open to everybody."""
    files = tuple(Document.objects.filter(verification_code=code).order_by("pk")) if code else ()
    if not files:
        return None
    first = files[0]
    paper = _paper_data(first, language)
    is_public = all(file.visibility == Visibility.PUBLIC for file in files)
    title = first.title_ru if language == "ru" and first.title_ru else str(first)
    return VerifiedPaper(
        code=code,
        is_public=is_public,
        title=title if is_public else "",
        made_at=first.created_at,
        issued_by=_issuer(paper, language) or first.created_by_name,
        sha256=first.made_from_sha256,
        lines=_lines(paper) if is_public else (),
        files=files,
    )


def _paper_data(document: Document, language: str) -> dict[str, Any]:
    papers: dict[str, Any] = (document.made_from or {}).get("papers", {})
    return papers.get(language) or papers.get("ky") or next(iter(papers.values()), {})


def _issuer(paper: dict[str, Any], language: str) -> str:
    letterhead = paper.get("letterhead") or {}
    lines = letterhead.get("ru" if language == "ru" else "ky") or ("",)
    return str(lines[0])  # the name; the address stands on the paper


def _lines(paper: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    facts = (b["rows"] for b in paper.get("blocks", ()) if b["is"] == "KeyValues")
    rows = paper.get("key_lines") or next(facts, ())
    return tuple((name, _said(value)) for name, value in rows)


def _said(value: Any) -> str:
    if isinstance(value, dict):
        return written(Som(value["tyiyn"]))
    return ABSENT if value is None else written(value)
