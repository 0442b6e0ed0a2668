"""What the guard of uploads lets in, and what it refuses with which sentence."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from ashar.documents.choices import REFUSALS, refusal_sentence
from ashar.documents.core import RefusedFile, check_upload

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\n"


def word_file():
    made = io.BytesIO()
    paper = docx.Document()
    paper.add_paragraph("Арыз")
    paper.save(made)
    return made.getvalue()


def with_part(content, name, text, *, instead=False):
    """The same archive with one more part, or with a part replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w") as new:
        for part in old.namelist():
            if not (instead and part == name):
                new.writestr(part, old.read(part))
        new.writestr(name, text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def picture(form="PNG", size=(40, 30), **options):
    made = io.BytesIO()
    Image.new("RGB", size, "green").save(made, form, **options)
    return made.getvalue()


DOCX = word_file()
OUTSIDE = (
    '<Relationships><Relationship Id="r1" TargetMode="External" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    'Target="http://bad.example/t.dotm"/></Relationships>'
)
MACRO_TYPES = (
    '<Types><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
HOSTILE = {
    "nothing": ("a.pdf", b"", "empty"),
    "too large": ("a.pdf", PDF + b" " * 10 * 1024 * 1024, "too_large"),
    "no ending": ("paper", PDF, "unknown_kind"),
    "a text": ("a.txt", b"hello", "unknown_kind"),
    "a web page": ("a.html", b"<html>", "runnable"),
    "a program": ("a.exe", b"MZ\x90", "runnable"),
    "a program as a paper": ("a.docx", b"MZ\x90", "runnable"),
    "a double ending": ("list.exe.pdf", PDF, "runnable"),
    "an ending turned round": ("invoice\u202efdp.exe", b"MZ", "runnable"),
    "a drawing with scripts": ("a.svg", b"<svg/>", "runnable"),
    "a page as PDF": ("a.pdf", b"<html>%PDF-1.7 %%EOF", "not_what_it_says"),
    "signs before PDF": ("a.pdf", b"\n" + PDF, "not_what_it_says"),
    "a PDF as picture": ("a.png", PDF, "not_what_it_says"),
    "a sheet as text": ("a.xlsx", DOCX, "not_what_it_says"),
    "an archive as text": ("a.docx", with_part(DOCX, "word/document.xml", "", instead=True)[:80],
                           "unreadable"),
    "old Word": ("a.docx", b"\xd0\xcf\x11\xe0" + b"x" * 90, "old_office"),
    "a script in a PDF": ("a.pdf", PDF.replace(b"/Catalog", b"/Catalog /OpenAction <</JS (x)>>"),
                          "active"),
    "a hidden script in a PDF": ("a.pdf", PDF.replace(b"/Catalog", b"/C /J#61vaScript (x)"),
                                 "active"),
    "a web page in a PDF": ("a.pdf", PDF.replace(b"1 0 obj", b"<script>x</script> 1 0 obj"),
                            "two_in_one"),
    "an archive behind a PDF": ("a.pdf", PDF + DOCX + b"%%EOF", "two_in_one"),
    "a PDF before an archive": ("a.docx", b"PK\x03\x04" + b"x" * 50 + DOCX, "two_in_one"),
    "half a PDF": ("a.pdf", PDF[:30], "unreadable"),
    "macros": ("a.docx", with_part(DOCX, "word/vbaProject.bin", b"x"), "active"),
    "an object inside": ("a.docx", with_part(DOCX, "word/embeddings/o.bin", b"x"), "active"),
    "a macro type": ("a.docx", with_part(DOCX, "[Content_Types].xml",
                     MACRO_TYPES, instead=True),
                     "active"),
    "a template elsewhere": ("a.docx", with_part(DOCX, "word/_rels/settings.xml.rels", OUTSIDE),
                             "outside"),
    "entities": ("a.docx", with_part(DOCX, "word/document.xml", ENTITY, instead=True), "active"),
    "a bomb": ("a.docx", with_part(DOCX, "word/media/x.xml", b"0" * 30_000_000), "swells"),
    "a way out": ("a.docx", with_part(DOCX, "../../x.xml", "<x/>"), "unreadable"),
    "a broken picture": ("a.png", picture()[:60], "unreadable"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_with_its_reason(name):
    file_name, content, reason = HOSTILE[name]
    with pytest.raises(RefusedFile) as refused:
        check_upload(file_name, content)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("name", "content"),
    [("Арыз.pdf", PDF), ("сметасы 2026.docx", DOCX), ("ФОТО.JPG", picture("JPEG")),
     ("план.v2.png", picture())],
)  # fmt: skip
def test_an_honest_file_is_kept(name, content):
    checked = check_upload(name, content)
    assert checked.name == name
    assert checked.content[:4] == content[:4]


def test_a_link_in_a_text_is_no_fault():
    link = OUTSIDE.replace("attachedTemplate", "hyperlink")
    content = with_part(DOCX, "word/_rels/footnotes.xml.rels", link)
    assert check_upload("a.docx", content).content == content


def test_a_picture_loses_what_is_hidden_in_it():
    hidden = b"<script>alert(1)</script>"
    content = picture("JPEG", comment=hidden) + b"PK\x03\x04" + hidden
    assert hidden not in check_upload("a.jpg", content).content


def test_a_huge_picture_is_refused_before_it_is_unpacked():
    made = io.BytesIO()
    Image.new("1", (9000, 9000)).save(made, "PNG")
    with pytest.raises(RefusedFile) as refused:
        check_upload("a.png", made.getvalue())
    assert refused.value.reason == "too_many_pixels"


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, len(DOCX) - 1), sign=st.integers(0, 255), cut=st.booleans())
def test_a_damaged_file_is_kept_or_refused_but_never_breaks_the_guard(place, sign, cut):
    content = DOCX[:place] + bytes([sign]) + (b"" if cut else DOCX[place + 1 :])
    try:
        check_upload("a.docx", content)
    except RefusedFile as refused:
        refusal_sentence(refused.reason)


@pytest.mark.parametrize("reason", REFUSALS)
def test_every_refusal_has_its_sentence_in_each_language(reason):
    said = set()
    for language in ("ky", "ru", "en"):
        with override(language):
            said.add(refusal_sentence(reason))
    assert len(said) == 3
