"""Nothing enters unlooked at: the guard of uploaded files.

The first bytes decide, never the name or what the browser says. Any doubt is a refusal, and
every refusal has a key whose sentence stands in `choices.REFUSALS`.
"""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from PIL import Image, ImageOps

MEGABYTE = 1024 * 1024
LIMIT = 10 * MEGABYTE
_MOST_PARTS = 2_000
_MOST_UNPACKED = 60 * MEGABYTE
_MOST_RATIO = 200
_MOST_PIXELS = 50_000_000
_LONGEST_NAME = 150

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_ACCEPTED = {
    ".pdf": "application/pdf",
    ".docx": _WORD,
    ".xlsx": _SHEET,
    ".pptx": _SLIDES,
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}
_MAIN_PARTS = {_WORD: "word/document.xml", _SHEET: "xl/workbook.xml"}
_MAIN_PARTS[_SLIDES] = "ppt/presentation.xml"
_RUNNABLE = frozenset(
    {
        *("exe", "com", "bat", "cmd", "scr", "msi", "dll", "vbs", "vbe", "js", "jse", "wsf"),
        *("ps1", "sh", "jar", "apk", "app", "hta", "lnk", "pif", "reg", "py", "php", "html"),
        *("htm", "xhtml", "shtml", "svg", "xml", "mht", "mhtml", "swf", "docm", "xlsm", "pptm"),
        *("dotm", "xltm", "potm"),
    }
)
_ACTIVE_PARTS = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|customui|macrosheets|^basic/|^scripts/",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(rb"targetmode\s*=\s*[\"']external[\"']", re.IGNORECASE)
_OUTSIDE_LINK = re.compile(rb"<relationship\b[^>]*>", re.IGNORECASE)
_HYPERLINK = re.compile(rb"/relationships/hyperlink[\"']", re.IGNORECASE)
_MACRO_TYPE = re.compile(rb"macroenabled|ms-office\.vbaproject|activex", re.IGNORECASE)
_PDF_ACTIVE = re.compile(
    rb"/(JavaScript|JS|Launch|EmbeddedFile|EmbeddedFiles|RichMedia|XFA|SubmitForm|ImportData)\b"
)
_PDF_NAME_CODE = re.compile(rb"#([0-9a-fA-F]{2})")
_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|script|iframe|svg|body)\b", re.IGNORECASE)


class RefusedFile(ValueError):
    """The file is not accepted; `reason` is a key of `choices.REFUSALS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Checked:
    """A file that may be kept: its safe name, its type, and the bytes to keep."""

    name: str
    media_type: str
    content: bytes


def check_upload(name: str, content: bytes, limit: int = LIMIT) -> Checked:
    """Return the file as it may be kept, or raise `RefusedFile`; limit is in bytes."""
    if not content:
        raise RefusedFile("empty")
    if len(content) > limit:
        raise RefusedFile("too_large")
    safe = safe_name(name)
    expected = _expected_type(safe)
    try:
        kept = _check_content(content, expected)
    except RefusedFile:
        raise
    except Exception as fault:  # whatever cannot be read is not accepted
        raise RefusedFile("unreadable") from fault
    return Checked(safe, expected, kept)


def _check_content(content: bytes, expected: str) -> bytes:
    found = _type_by_first_bytes(content)
    if found == "zip":
        found = _check_archive(content, expected)
    if found != expected:
        raise RefusedFile("not_what_it_says")
    return _check_inside(content, found)


def safe_name(name: str) -> str:
    """The last part of the name, without signs that hide or change what is read."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(
        sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C"
    ).strip(" .")
    stem, dot, extension = kept.rpartition(".")
    return f"{stem[:_LONGEST_NAME]}{dot}{extension[:10]}" if dot else kept[:_LONGEST_NAME]


def _expected_type(name: str) -> str:
    parts = name.lower().split(".")
    if any(part.strip() in _RUNNABLE for part in parts[1:]):
        raise RefusedFile("runnable")
    media_type = _ACCEPTED.get(f".{parts[-1]}") if len(parts) > 1 else None
    if media_type is None:
        raise RefusedFile("unknown_kind")
    return media_type


def _type_by_first_bytes(content: bytes) -> str:
    if content.startswith(b"%PDF-"):
        return "application/pdf"
    if content.startswith(b"PK\x03\x04"):
        return "zip"
    if content.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if content.startswith((b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe")):
        raise RefusedFile("runnable")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RefusedFile("old_office")
    raise RefusedFile("not_what_it_says")


def _check_inside(content: bytes, media_type: str) -> bytes:
    if media_type.startswith("image/"):
        return _drawn_anew(content, media_type)
    if media_type == "application/pdf":
        _check_pdf(content)
    return content


def _check_pdf(content: bytes) -> None:
    names = _PDF_NAME_CODE.sub(lambda found: bytes([int(found[1], 16)]), content)
    if b"%%EOF" not in content[-2048:]:
        raise RefusedFile("unreadable")
    if b"PK\x05\x06" in content[-66_000:] or b"PK\x03\x04" in content[:2048]:
        raise RefusedFile("two_in_one")
    if _MARKUP.search(content[:2048]):
        raise RefusedFile("two_in_one")
    if _PDF_ACTIVE.search(names):
        raise RefusedFile("active")
    if b"/Encrypt" in names:
        raise RefusedFile("locked")


def _drawn_anew(content: bytes, media_type: str) -> bytes:
    """The same picture written anew: whatever else was hidden in the file is gone."""
    form = {"image/jpeg": "JPEG", "image/png": "PNG"}[media_type]
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(content), formats=(form,)) as picture:
            if picture.width * picture.height > _MOST_PIXELS:
                raise RefusedFile("too_many_pixels")
            turned = ImageOps.exif_transpose(picture)
            plain = turned.convert("RGB" if form == "JPEG" else _png_mode(turned))
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    kept = io.BytesIO()
    clean.save(kept, form, quality=88, optimize=True)
    return kept.getvalue()


def _png_mode(picture: Image.Image) -> str:
    if "transparency" in picture.info or "A" in picture.mode:
        return "RGBA"
    return "L" if picture.mode in {"1", "L", "I", "I;16"} else "RGB"


def _check_archive(content: bytes, expected: str) -> str:
    """Look at an office file: its limits before anything is unpacked, then its parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        _check_limits(parts, content)
        names = {part.filename for part in parts}
        _check_names(parts, names)
        read = _Reader(archive)
        found = _office_kind(names, read, expected)
        for part in parts:
            _check_part(part.filename, read)
    return found


class _Reader:
    """Reads parts of an archive and stops at the limit, whatever the archive promised."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.left = _MOST_UNPACKED

    def __call__(self, name: str) -> bytes:
        with self.archive.open(name) as part:
            content = part.read(self.left + 1)
        self.left -= len(content)
        if self.left < 0:
            raise RefusedFile("swells")
        return content


def _check_limits(parts: list[zipfile.ZipInfo], content: bytes) -> None:
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED:
        raise RefusedFile("swells")
    if any(p.file_size > MEGABYTE and p.file_size > _MOST_RATIO * p.compress_size for p in parts):
        raise RefusedFile("swells")
    if any(part.flag_bits & 0x1 for part in parts):
        raise RefusedFile("locked")
    first = min(part.header_offset for part in parts)
    if first != 0 or content[-22 - 65_536 :].count(b"PK\x05\x06") != 1:
        raise RefusedFile("two_in_one")


def _check_names(parts: list[zipfile.ZipInfo], names: set[str]) -> None:
    if len(names) != len(parts):
        raise RefusedFile("two_in_one")
    for name in names:
        if name.startswith("/") or ".." in name.split("/") or "\\" in name or "\x00" in name:
            raise RefusedFile("unreadable")
        if _ACTIVE_PARTS.search(name):
            raise RefusedFile("active")


def _office_kind(names: set[str], read: _Reader, expected: str) -> str:
    if "mimetype" in names:
        return read("mimetype").decode("ascii")
    main = _MAIN_PARTS.get(expected)
    if main is None or main not in names or "[Content_Types].xml" not in names:
        raise RefusedFile("not_what_it_says")
    if _MACRO_TYPE.search(read("[Content_Types].xml")):
        raise RefusedFile("active")
    return expected


def _check_part(name: str, read: _Reader) -> None:
    lower = name.lower()
    if not lower.endswith((".xml", ".rels")):
        if lower.rpartition(".")[2] in _RUNNABLE:
            raise RefusedFile("active")
        return
    text = read(name)
    if b"\x00" in text[:64]:  # UTF-16 would hide the words looked for below
        raise RefusedFile("unreadable")
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise RefusedFile("active")
    if lower.endswith(".rels"):
        _check_links(text)


def _check_links(relations: bytes) -> None:
    for link in _OUTSIDE_LINK.findall(relations):
        if _OUTSIDE.search(link) and not _HYPERLINK.search(link):
            raise RefusedFile("outside")
