"""Papers as data, their two printed forms, and the guard of uploads: no Django here."""

from __future__ import annotations

from ashar.documents.core.paper import (
    ABSENT,
    Block,
    BulletList,
    Cell,
    Column,
    Heading,
    Imprint,
    KeyValues,
    Letterhead,
    Note,
    Paper,
    Paragraph,
    Signature,
    Signatures,
    Table,
    Words,
    canonical,
    digest,
    snapshot,
    written,
)
from ashar.documents.core.portable import to_pdf
from ashar.documents.core.uploads import Checked, RefusedFile, check_upload
from ashar.documents.core.word import to_docx

__all__ = [
    "ABSENT",
    "Block",
    "BulletList",
    "Cell",
    "Checked",
    "Column",
    "Heading",
    "Imprint",
    "KeyValues",
    "Letterhead",
    "Note",
    "Paper",
    "Paragraph",
    "RefusedFile",
    "Signature",
    "Signatures",
    "Table",
    "Words",
    "canonical",
    "check_upload",
    "digest",
    "snapshot",
    "to_docx",
    "to_pdf",
    "written",
]
