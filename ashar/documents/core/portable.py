"""A paper as PDF: tagged for screen readers (PDF/UA-1), with the font inside."""

from __future__ import annotations

import io
import json
from pathlib import Path

import segno
import typst

from ashar.documents.core.paper import (
    BulletList,
    Heading,
    Imprint,
    KeyValues,
    Note,
    Paper,
    Paragraph,
    Signatures,
    Table,
    Words,
    written,
)

_LAYOUT = Path(__file__).with_name("paper.typ")


def to_pdf(paper: Paper, words: Words, imprint: Imprint | None = None) -> bytes:
    """Set the paper in type; without an imprint it is a draft that cannot be verified."""
    data = {
        "paper": {
            "title": paper.title,
            "subtitle": paper.subtitle,
            "language": paper.language,
            "number": paper.number,
            "place": paper.place,
            "case_ref": paper.case_ref,
            "whose_figures": paper.whose_figures,
            "letterhead": _letterhead(paper),
        },
        "blocks": [_block(block) for block in paper.blocks],
        "words": vars(words),
        "imprint": vars(imprint) if imprint else None,
        "qr": _qr(imprint.scanned) if imprint else "",
    }
    made = typst.compile(
        _LAYOUT.read_bytes(),
        format="pdf",
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["ua-1"],
        ignore_system_fonts=True,
    )
    if not isinstance(made, bytes):
        raise TypeError("the typesetter returned no single file")
    return made


def _letterhead(paper: Paper) -> dict[str, list[str]] | None:
    if paper.letterhead is None:
        return None
    return {"ky": list(paper.letterhead.ky), "ru": list(paper.letterhead.ru)}


def _qr(address: str) -> str:
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(drawn, kind="svg", border=0, scale=4)
    return drawn.getvalue().decode()


def _block(block: object) -> dict[str, object]:  # noqa: PLR0911 - one for each kind of block
    match block:
        case Heading(text, level):
            return {"is": "heading", "text": text, "level": level}
        case Paragraph(text):
            return {"is": "paragraph", "text": text}
        case Note(text):
            return {"is": "note", "text": text}
        case KeyValues(rows):
            return {"is": "facts", "rows": [[name, written(value)] for name, value in rows]}
        case BulletList(items, is_numbered):
            return {"is": "list", "items": list(items), "numbered": is_numbered}
        case Signatures(rows):
            return {"is": "signatures", "rows": [vars(row) for row in rows]}
        case Table():
            return _table(block)
    raise TypeError(f"no such block on a paper: {type(block).__name__}")


def _table(table: Table) -> dict[str, object]:
    return {
        "is": "table",
        "caption": table.caption,
        "columns": [vars(column) for column in table.columns],
        "rows": [[written(cell) for cell in row] for row in table.rows],
        "totals": [written(cell) for cell in table.totals] if table.totals else [],
    }
