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
from ashar.documents.core.refused import RefusedFile
from ashar.documents.core.scanner import scan
from ashar.documents.core.sheets import Cell as SheetCell
from ashar.documents.core.sheets import Fault, Limits, Row, Sheet, read_sheet
from ashar.documents.core.uploads import Checked, check_upload
from ashar.documents.core.word import to_docx

__all__ = [
    "ABSENT",
    "Block",
    "BulletList",
    "Cell",
    "Checked",
    "Column",
    "Fault",
    "Heading",
    "Imprint",
    "KeyValues",
    "Letterhead",
    "Limits",
    "Note",
    "Paper",
    "Paragraph",
    "RefusedFile",
    "Row",
    "Sheet",
    "SheetCell",
    "Signature",
    "Signatures",
    "Table",
    "Words",
    "canonical",
    "check_upload",
    "digest",
    "read_sheet",
    "scan",
    "snapshot",
    "to_docx",
    "to_pdf",
    "written",
]
