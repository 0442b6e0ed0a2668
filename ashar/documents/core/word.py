"""A paper as a Word file with real styles, so that an office can go on working in it."""

# ruff: noqa: SLF001 - python-docx names no public types and has no other doors here

from __future__ import annotations

import io
import re
from typing import Any

import docx
import segno
from docx.enum.table import WD_ALIGN_VERTICAL, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from ashar.documents.core.paper import (
    BulletList,
    Cell,
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
    written,
)

_FONT = "Times New Roman"
_LINE = Mm(165)
_SHORT_TABLE = 10  # rows; such a table is not divided between pages
_SIDES = {
    "text": WD_ALIGN_PARAGRAPH.LEFT,
    "number": WD_ALIGN_PARAGRAPH.RIGHT,
    "money": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}
_CENTER, _RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_FIELDS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
_REGIONS = {"ky": "ky-KG", "ru": "ru-RU", "en": "en-GB"}


def to_docx(paper: Paper, words: Words, imprint: Imprint | None = None) -> bytes:
    """Write the paper as a Word file; without an imprint it is a draft."""
    document = docx.Document()
    _page(document)
    _styles(document, paper.language)
    _properties(document, paper, imprint)
    if paper.letterhead:
        _letterhead(document, paper.letterhead)
    _top_line(document, paper, words)
    document.add_paragraph(paper.title, style="Title")
    if paper.subtitle:
        document.add_paragraph(paper.subtitle, style="Subtitle")
    if paper.whose_figures:
        document.add_paragraph(paper.whose_figures, style="Intense Quote")
    for block in paper.blocks:
        _block(document, block, words)
    if imprint:
        _imprint(document, paper, words, imprint)
    _footer(document, words, imprint)
    written_file = io.BytesIO()
    document.save(written_file)
    return written_file.getvalue()


def _page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(17)
    section.top_margin, section.bottom_margin = Mm(18), Mm(20)
    section.footer_distance = Mm(10)


def _styles(document: Any, language: str) -> None:
    sizes = {
        "Normal": (12, False, 6),
        "Title": (15, True, 4),
        "Subtitle": (12, False, 12),
        "Heading 1": (13, True, 6),
        "Heading 2": (12, True, 4),
        "Intense Quote": (10.5, False, 8),
        "Caption": (10.5, True, 3),
        "List Bullet": (12, False, 3),
        "List Number": (12, False, 3),
    }
    for name, (size, is_bold, after) in sizes.items():
        _style(document.styles[name], size, is_bold=is_bold, after=after)
    document.styles["Normal"].paragraph_format.line_spacing = 1.08
    for name in ("Title", "Subtitle"):
        document.styles[name].paragraph_format.alignment = _CENTER
    for name in ("Heading 1", "Heading 2"):
        document.styles[name].paragraph_format.space_before = Pt(12)
    _edge(document.styles["Intense Quote"])
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), _REGIONS.get(language, language))
    properties = document.styles["Normal"].element.get_or_add_rPr()
    properties.append(mark)
    for old in document.styles.element.findall(".//" + qn("w:rPrDefault") + "//" + qn("w:lang")):
        old.set(qn("w:val"), _REGIONS.get(language, language))


def _style(style: Any, size: float, *, is_bold: bool, after: int) -> None:
    font = style.font
    font.name, font.size, font.bold, font.italic = _FONT, Pt(size), is_bold, False
    font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), _FONT)
    for spacing in style.element.rPr.findall(qn("w:spacing")):
        style.element.rPr.remove(spacing)
    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)
    style.paragraph_format.space_after = Pt(after)
    style.paragraph_format.space_before = Pt(0)


def _edge(style: Any) -> None:
    """A line along the left edge, as notes have it in the PDF."""
    _border(style.element.get_or_add_pPr(), "w:left", "single", "16")
    style.paragraph_format.left_indent = Mm(3)
    style.paragraph_format.right_indent = Mm(0)


def _border(properties: Any, side: str, kind: str, eighths: str) -> None:
    borders, line = OxmlElement("w:pBdr"), OxmlElement(side)
    for name, value in (("val", kind), ("sz", eighths), ("space", "6"), ("color", "505050")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    # Word reads borders only before spacing and indents.
    properties.insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr"
    )


def _properties(document: Any, paper: Paper, imprint: Imprint | None) -> None:
    core = document.core_properties
    core.title, core.language = paper.title, _REGIONS.get(paper.language, paper.language)
    core.author = paper.letterhead.ky[0] if paper.letterhead and paper.letterhead.ky else ""
    core.identifier = imprint.code if imprint else ""
    core.comments = ""


def _letterhead(document: Any, letterhead: Letterhead) -> None:
    table = _bare_table(document, (82, 83))
    for cell, lines in zip(table.rows[0].cells, (letterhead.ky, letterhead.ru), strict=True):
        for number, words in enumerate(lines):
            paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
            paragraph.alignment = _CENTER
            paragraph.paragraph_format.space_after = Pt(2)
            run = paragraph.add_run(words.upper() if number == 0 else words)
            run.bold, run.font.size = number == 0, Pt(10.5)
    # A paragraph between two tables, or Word would make them one; it carries the double rule.
    rule = _gap(document)
    rule.paragraph_format.line_spacing = Pt(4)
    _border(rule._p.get_or_add_pPr(), "w:bottom", "thickThinSmallGap", "18")


def _top_line(document: Any, paper: Paper, words: Words) -> None:
    table = _bare_table(document, (60, 45, 60))
    number = f"{words.number} {paper.number}" if paper.number else ""
    row = ((words.day, None), (number, _CENTER), (paper.place, _RIGHT))
    for cell, (text, side) in zip(table.rows[0].cells, row, strict=True):
        cell.paragraphs[0].add_run(text).font.size = Pt(11)
        cell.paragraphs[0].alignment = side
        cell.paragraphs[0].paragraph_format.space_before = Pt(8)
        cell.paragraphs[0].paragraph_format.space_after = Pt(14)


def _block(document: Any, block: object, words: Words) -> None:
    match block:
        case Heading(text, level):
            document.add_heading(text, level=level)
        case Paragraph(text):
            document.add_paragraph(text).alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        case Note(text):
            document.add_paragraph(text, style="Intense Quote")
        case KeyValues(rows):
            _facts(document, rows)
        case BulletList(items, is_numbered):
            _items(document, items, is_numbered=is_numbered)
        case Table():
            _table(document, block)
        case Signatures(rows):
            _signatures(document, rows, words)
        case _:
            raise TypeError(f"no such block on a paper: {type(block).__name__}")


def _items(document: Any, items: tuple[str, ...], *, is_numbered: bool) -> None:
    if not is_numbered:
        for item in items:
            document.add_paragraph(item, style="List Bullet")
        return
    # Word would go on counting from the list before, so the number is written out.
    for number, item in enumerate(items, start=1):
        paragraph = document.add_paragraph(f"{number}.\t{item}")
        paragraph.paragraph_format.left_indent = Mm(9)
        paragraph.paragraph_format.first_line_indent = Mm(-7)
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(9))
        paragraph.paragraph_format.space_after = Pt(3)


def _facts(document: Any, rows: tuple[tuple[str, Cell], ...]) -> None:
    table = _bare_table(document, (56, 109), rows=len(rows))
    for row, (name, value) in zip(table.rows, rows, strict=True):
        said = row.cells[0].paragraphs[0].add_run(name)
        said.font.color.rgb = RGBColor(80, 80, 80)
        row.cells[1].paragraphs[0].add_run(written(value))
        for cell in row.cells:
            cell.paragraphs[0].paragraph_format.space_after = Pt(4)
    _gap(document)


def _table(document: Any, block: Table) -> None:
    if block.caption:
        caption = document.add_paragraph(block.caption, style="Caption")
        caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(block.columns), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
        _write(cell, column.title, _CENTER, is_bold=True)
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        _shade(cell)
    _mark_row(table.rows[0], "w:tblHeader")
    for values in block.rows:
        _row(table, block, values, is_bold=False)
    if block.totals:
        _row(table, block, block.totals, is_bold=True)
    _widths(table, tuple(column.width for column in block.columns))
    if len(block.rows) <= _SHORT_TABLE:
        for row in table.rows[:-1]:
            row.cells[0].paragraphs[0].paragraph_format.keep_with_next = True
    _gap(document)


def _row(table: Any, block: Table, values: tuple[Cell, ...], *, is_bold: bool) -> None:
    row = table.add_row()
    _mark_row(row, "w:cantSplit")
    for cell, column, value in zip(row.cells, block.columns, values, strict=True):
        _write(cell, written(value), _SIDES[column.kind], is_bold=is_bold)


def _write(cell: Any, text: str, side: Any, *, is_bold: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.space_before = Pt(2)
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1
    run = paragraph.add_run(text)
    run.bold, run.font.size = is_bold, Pt(10.5)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", "EBEBEB")):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _mark_row(row: Any, mark: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(mark))


def _widths(table: Any, shares: tuple[int, ...]) -> None:
    for position, share in enumerate(shares):
        width = int(_LINE * share / sum(shares))
        table.columns[position].width = width
        for cell in table.columns[position].cells:
            cell.width = width


def _bare_table(document: Any, shares: tuple[int, ...], rows: int = 1) -> Any:
    """A table without lines, for things that stand side by side."""
    table = document.add_table(rows=rows, cols=len(shares), style="Normal Table")
    table.autofit = False
    _widths(table, shares)
    return table


def _gap(document: Any) -> Any:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.line_spacing = Pt(8)
    return paragraph


def _signatures(document: Any, rows: tuple[Signature, ...], words: Words) -> None:
    _gap(document).paragraph_format.keep_with_next = True
    table = _bare_table(document, (64, 45, 56), rows=2 * len(rows))
    for position, row in enumerate(rows):
        _signature(table.rows[2 * position].cells, table.rows[2 * position + 1].cells, row, words)


def _signature(top: Any, below: Any, row: Signature, words: Words) -> None:
    small = (f"({words.signature})", 8), (words.stamp if row.has_stamp else "", 9)
    for cell, text in zip(top, (row.role, "_" * 19, row.name), strict=True):
        cell.vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM  # long roles end on the line
        cell.paragraphs[0].add_run(text)
        cell.paragraphs[0].paragraph_format.space_before = Pt(16)
    for cell, (text, size) in zip((below[1], below[0]), small, strict=True):
        cell.paragraphs[0].add_run(text).font.size = Pt(size)
    top[1].paragraphs[0].alignment = below[1].paragraphs[0].alignment = _CENTER
    for cell in (*top, *below):
        cell.paragraphs[0].paragraph_format.space_after = Pt(0)
        cell.paragraphs[0].paragraph_format.keep_with_next = True


def _imprint(document: Any, paper: Paper, words: Words, imprint: Imprint) -> None:
    _gap(document).paragraph_format.space_before = Pt(14)
    table = document.add_table(rows=1, cols=2, style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    _widths(table, (30, 135))
    _open_inside(table)
    _mark_row(table.rows[0], "w:cantSplit")
    picture, lines = table.rows[0].cells
    picture.vertical_alignment = lines.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    picture.paragraphs[0].alignment = _CENTER
    picture.paragraphs[0].paragraph_format.space_before = Pt(5)
    picture.paragraphs[0].paragraph_format.space_after = Pt(5)
    _qr(picture.paragraphs[0].add_run(), words, imprint)
    case = f"    {words.case} {paper.case_ref}" if paper.case_ref else ""
    said = (
        (words.verify + " ", imprint.code, 10.5),
        (imprint.address, "", 9),
        (f"{words.made} {imprint.made_at}{case}", "", 9),
        (f"{words.digest} {imprint.sha256}", "", 8),
        (f"{words.mark} {imprint.mark}" if imprint.mark else "", "", 8),
        (words.original, "", 9),
    )
    for text, bold, size in said:
        if text:
            _small_line(lines, text, bold, size)


def _open_inside(table: Any) -> None:
    """No line between the picture and the words beside it."""
    borders, inside = OxmlElement("w:tblBorders"), OxmlElement("w:insideV")
    for side in ("top", "left", "bottom", "right"):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("color", "787878")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    inside.set(qn("w:val"), "nil")
    borders.append(inside)
    table._tbl.tblPr.insert_element_before(
        borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook"
    )


def _small_line(cell: Any, text: str, bold: str, size: float) -> None:
    first = cell.paragraphs[0]
    paragraph = first if not first.runs else cell.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.paragraph_format.line_spacing = 1
    paragraph.add_run(text).font.size = Pt(size)
    strong = paragraph.add_run(bold)
    strong.bold, strong.font.size = True, Pt(size)


def _qr(run: Any, words: Words, imprint: Imprint) -> None:
    drawn = io.BytesIO()
    segno.make(imprint.scanned, error="m", micro=False).save(drawn, kind="png", border=1, scale=8)
    drawn.seek(0)
    picture = run.add_picture(drawn, width=Mm(23))
    picture._inline.docPr.set("descr", f"{words.qr} {imprint.address}")


def _footer(document: Any, words: Words, imprint: Imprint | None) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.style.paragraph_format.tab_stops.clear_all()
    paragraph.paragraph_format.tab_stops.add_tab_stop(_LINE, WD_TAB_ALIGNMENT.RIGHT)
    _footer_run(paragraph, f"{words.verify} {imprint.code}\t" if imprint else "\t")
    # Which number comes first depends on the language.
    for part in re.split(r"(\{pages?\})", words.page):
        field = _FIELDS.get(part)
        if field:
            _field(_footer_run(paragraph, ""), field)
        else:
            _footer_run(paragraph, part)


def _footer_run(paragraph: Any, text: str) -> Any:
    run = paragraph.add_run(text)
    run.font.size, run.font.name = Pt(9), _FONT
    return run


def _field(run: Any, name: str) -> None:
    """Let Word count: the run becomes the shown value of a field."""
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    run._r.addprevious(field)
    field.append(run._r)
    run.text = "1"
