"""What a part of an office file may not do: run, fetch from elsewhere, hide its own words."""

from __future__ import annotations

import re
from string import printable
from xml.parsers import expat

from ashar.documents.core.refused import RefusedFile

_MARKED = (".xml", ".rels", ".vml", ".rdf")
# Only letters, figures and signs of the Latin keyboard: names of orders consist of these.
_NUMBERED = re.compile(
    rb"&#(x0*[2-7][0-9a-fA-F]|0*(?:3[2-9]|[4-9][0-9]|1[01][0-9]|12[0-6]));", re.IGNORECASE
)
_LETTERS = frozenset(printable) - frozenset("<>\"'&")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']", re.IGNORECASE)
_ENCODINGS = {b"utf-8", b"us-ascii", b"ascii"}
_MACRO_TYPE = re.compile(r"macroenabled|ms-office\.vbaproject|activex|oleobject", re.IGNORECASE)
_HYPERLINK = "/relationships/hyperlink"
_ACTIVE_TYPE = re.compile(
    r"/(vbaproject|oleobject|package|control|activex\w*|attachedtoolbars|afchunk|webextension\w*)$",
    re.IGNORECASE,
)
# What a text orders a program to do, in the spelling of Word, Excel, PowerPoint and LibreOffice.
_ORDERS = re.compile(
    rb"<(?:\w+:)?(?:ddeLink|oleLink|altChunk|control|oleObj|oleObject|OLEObject|event-listener"
    rb"|dde-source|dde-connection-decl|dde-connection|plugin|applet|webPublishing)\b"
    rb"|ppaction://(?:macro|program|ole)|vnd\.sun\.star\.(?:script|expand)"
    rb"|[\"'](?:macro|javascript|vbscript):|<script:|<(?:\w+:)?script\b",
    re.IGNORECASE,
)
_ORDER_WORDS = (
    *(b"ddelink", b"olelink", b"altchunk", b"control", b"oleobj", b"event-listener", b"dde-"),
    *(b"plugin", b"applet", b"webpublishing", b"ppaction", b"vnd.sun", b"macro:", b"script"),
)
_ASKING_WORDS = (b"webservice", b"rtd", b"dde", b"call", b"register.id")
_ASKING = re.compile(rb"\b(?:WEBSERVICE|_xlfn\.WEBSERVICE|RTD|DDE|CALL|REGISTER\.ID)\s*\(")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*>([^<]*)</|table:formula=\"([^\"]*)\"")
_FIELD = re.compile(
    rb"<(?:\w+:)?instrText\b[^>]*>([^<]*)<|<(?:\w+:)?fldSimple\b[^>]*?instr=[\"']([^\"']*)[\"']"
)
_FETCHING = re.compile(
    rb"(?:^|\s)(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|DATABASE)\s",
    re.IGNORECASE,
)
_LOCKED = re.compile(rb"<(?:\w+:)?encryption-data\b")
# LibreOffice: a picture, a section or a table that lives elsewhere. A link in a text is none.
_ELSEWHERE = re.compile(
    rb"<(?:draw:image|draw:fill-image|text:section-source|table:table-source|draw:object|draw:object-ole"
    rb"|draw:floating-frame|style:background-image|table:cell-range-source|db:[\w-]+)\b[^>]*?"
    rb"xlink:href\s*=\s*[\"']\s*(?!Pictures/|\./|#)[^\"']",
    re.IGNORECASE,
)


def check_part(name: str, content: bytes) -> None:
    """Refuse the part if it does more than say something."""
    lower = name.lower()
    if not lower.endswith(_MARKED):
        _check_picture(lower, content)
        return
    _check_form(content)
    said = _plain(content)
    small = said.lower()
    # Long sheets are looked through for the bare words first: that is twenty times as fast.
    if _has_any(small, _ORDER_WORDS) and _ORDERS.search(said):
        raise RefusedFile("active")
    if _has_any(small, _ASKING_WORDS) and _has_asking_formula(said):
        raise RefusedFile("active")
    if b"instr" in small and _has_fetching_field(said):
        raise RefusedFile("active")
    if b"encryption-data" in small and _LOCKED.search(said):
        raise RefusedFile("locked")
    if b"xlink:href" in small and _ELSEWHERE.search(said):
        raise RefusedFile("outside")
    if lower.endswith(".rels"):
        _check_links(content)


def is_macro_list(content_types: bytes) -> bool:
    """Say whether the list of types names a program."""
    return any(
        _MACRO_TYPE.search(value)
        for _name, given in _elements(content_types)
        for value in given.values()
    )


def _check_picture(name: str, content: bytes) -> None:
    if content.startswith((b"MZ", b"\x7fELF", b"#!", b"\xd0\xcf\x11\xe0", b"PK\x03\x04")):
        raise RefusedFile("active")
    if not name.endswith((".bin", ".emf", ".wmf")) and content.lstrip()[:1] == b"<":
        raise RefusedFile("active")


def _check_form(content: bytes) -> None:
    """Refuse own entities and other spellings, in which words could hide."""
    if b"\x00" in content[:64] or content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise RefusedFile("unreadable")
    declared = _ENCODING.search(content[:200])
    if declared and declared[1].lower() not in _ENCODINGS:
        raise RefusedFile("unreadable")
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise RefusedFile("active")
    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = _refuse_doctype
    reader.Parse(content, True)  # noqa: FBT003 - the interface of expat


def _has_any(text: bytes, words: tuple[bytes, ...]) -> bool:
    return any(word in text for word in words)


def _refuse_doctype(*_about: object) -> None:
    raise RefusedFile("active")


def _plain(content: bytes) -> bytes:
    """The text with letters that were written by number spelled out."""
    return _NUMBERED.sub(_letter, content) if b"&#" in content else content


def _letter(number: re.Match[bytes]) -> bytes:
    said = number[1]
    sign = chr(int(said[1:], 16) if said[:1] in b"xX" else int(said))
    # Marks stay as they are, so that a text about "<script>" is not taken for one.
    return sign.encode() if sign in _LETTERS else b" "


def _has_asking_formula(said: bytes) -> bool:
    return b"(" in said and any(
        _ASKING.search((found[0] or found[1]).upper()) for found in _FORMULA.findall(said)
    )


def _has_fetching_field(said: bytes) -> bool:
    orders = b"".join(a or b for a, b in _FIELD.findall(said))
    return bool(_FETCHING.search(orders))


def _elements(content: bytes) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []
    reader = expat.ParserCreate()
    reader.StartElementHandler = lambda name, given: found.append((name, given))
    reader.StartDoctypeDeclHandler = _refuse_doctype
    reader.Parse(content, True)  # noqa: FBT003 - the interface of expat
    return found


def _check_links(relations: bytes) -> None:
    for _name, given in _elements(relations):
        about = {key.rpartition(":")[2].lower(): value for key, value in given.items()}
        kind = about.get("type", "")
        if _ACTIVE_TYPE.search(kind):
            raise RefusedFile("active")
        is_outside = about.get("targetmode", "").strip().lower() == "external"
        if is_outside and not kind.endswith(_HYPERLINK):
            raise RefusedFile("outside")
        target = about.get("target", "").strip().lower()
        if target.startswith(("file:", "\\\\", "javascript:", "vbscript:", "data:", "mhtml:")):
            raise RefusedFile("outside")
