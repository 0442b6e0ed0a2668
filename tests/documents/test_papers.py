"""One paper, two files: what stands in them, and that they stand up to a reader's programs."""

from __future__ import annotations

import io

import docx
import pytest
from docx.oxml.ns import qn

from ashar.documents.choices import paper_words
from ashar.documents.core import (
    Column,
    Imprint,
    Paper,
    Paragraph,
    Table,
    digest,
    snapshot,
    to_docx,
    to_pdf,
    written,
)
from ashar.kernel.money import Som
from tests.documents.papers import AGREEMENT, PROTOCOL

IMPRINT = Imprint("K7M2-9QXDT", "http://example.kg/v/K7M2-9QXDT/", "3f" * 32, "21.11.2026 14:05")


def word(paper):
    return docx.Document(io.BytesIO(to_docx(paper, paper_words(paper), IMPRINT)))


def texts(document):
    cells = (c.text for t in document.tables for row in t.rows for c in row.cells)
    return [*(p.text for p in document.paragraphs), *cells]


def test_money_is_written_with_spaces_and_a_comma():
    assert written(Som.of(1_146_000, 5)) == "1\u00a0146\u00a0000,05"


def test_what_is_not_known_is_a_dash():
    assert written(None) == "—"


def test_a_row_has_a_cell_for_each_column():
    with pytest.raises(ValueError, match="2 columns but 1 cells"):
        Table((Column("a"), Column("b")), (("x",),))


def test_the_word_file_has_real_styles_and_repeats_the_head_of_a_table():
    document = word(PROTOCOL)
    styles = {p.text: p.style.name for p in document.paragraphs}
    assert styles["Жарандардын жыйынынын протоколу"] == "Title"
    assert styles["Чечим"] == "Heading 1"
    assert document.tables[3]._tbl.tr_lst[0].trPr.find(qn("w:tblHeader")) is not None


def test_the_word_file_says_all_that_the_paper_says():
    said = " ".join(texts(word(AGREEMENT)))
    for part in ("МСЗ-2026/3", "21 ноября 2026 года", "1\u00a0146\u00a0000,00", "учебного профиля",
                 "K7M2-9QXDT", "R4TB-H8WQN", "3f" * 32, "М. П. (место печати)", "Сыдыкова Ч."):  # fmt: skip
        assert part in said


def test_the_kyrgyz_paper_says_that_it_is_the_original():
    assert "Түп нуска — кыргыз тилиндеги текст" in " ".join(texts(word(PROTOCOL)))
    assert paper_words(PROTOCOL).day == "2026-жылдын 12-сентябры"


@pytest.mark.parametrize("paper", [PROTOCOL, AGREEMENT], ids=["protocol", "agreement"])
def test_the_pdf_is_tagged_and_carries_its_font(paper):
    made = to_pdf(paper, paper_words(paper), IMPRINT)
    assert made.startswith(b"%PDF-1.7")
    for part in (b"/StructTreeRoot", b"pdfuaid:part", b"Libertinus", b"/FontFile3"):
        assert part in made


def test_what_people_type_is_never_markup():
    paper = Paper("#panic() *x* $y$", "ky", (Paragraph('#read("/etc/passwd") <b> & {{ x }} \\'),))
    assert to_pdf(paper, paper_words(paper)).startswith(b"%PDF")
    assert '#read("/etc/passwd") <b> & {{ x }} \\' in texts(word(paper))


def test_the_digest_is_the_same_however_the_data_were_kept():
    kept = snapshot({"ky": PROTOCOL, "ru": AGREEMENT}, {"sum": Som.of(1), "b": [1, None]})
    turned = dict(reversed(list(kept.items())))
    assert digest(turned) == digest(kept)
    changed = snapshot({"ky": PROTOCOL, "ru": AGREEMENT}, {"sum": Som.of(2), "b": [1, None]})
    assert digest(changed) != digest(kept)


def test_a_fraction_is_not_data_of_a_paper():
    with pytest.raises(TypeError, match="float"):
        snapshot({}, 0.1)
