"""Nothing enters unlooked at: the guard of uploaded files.

The first bytes decide, never the name or what the browser says. Any doubt is a refusal, and
every refusal has a key whose sentence stands in `choices.REFUSALS`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from ashar.documents.core.archives import SHEET, SLIDES, WORD, check_archive
from ashar.documents.core.pdfs import check_pdf
from ashar.documents.core.pictures import drawn_anew
from ashar.documents.core.refused import MEGABYTE, RefusedFile

LIMIT = 10 * MEGABYTE
_LONGEST_NAME = 150

_ACCEPTED = {
    ".pdf": "application/pdf",
    ".docx": WORD,
    ".xlsx": SHEET,
    ".pptx": SLIDES,
    ".odt": "application/vnd.oasis.opendocument.text",
    ".ods": "application/vnd.oasis.opendocument.spreadsheet",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
}
_RUNNABLE = frozenset(
    {
        *("exe", "com", "bat", "cmd", "scr", "msi", "dll", "vbs", "vbe", "js", "jse", "wsf"),
        *("ps1", "sh", "jar", "apk", "app", "hta", "lnk", "pif", "reg", "py", "php", "html"),
        *("htm", "xhtml", "shtml", "svg", "xml", "mht", "mhtml", "swf", "docm", "xlsm", "pptm"),
        *("dotm", "xltm", "potm"),
    }
)
# Signs that Windows takes in no name, and names that it keeps for its devices.
_NOT_IN_NAMES = re.compile(r"[<>:\"|?*]")
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)


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
        found = check_archive(content, expected)
    if found != expected:
        raise RefusedFile("not_what_it_says")
    return _check_inside(content, found)


def safe_name(name: str) -> str:
    """The last part of the name, without signs that hide or change what is read."""
    last = PurePosixPath(name.replace("\\", "/")).name
    kept = "".join(
        sign for sign in unicodedata.normalize("NFC", last) if unicodedata.category(sign)[0] != "C"
    )
    kept = _NOT_IN_NAMES.sub("_", kept).strip(" .")
    kept = (
        _DEVICES.sub(lambda found: f"{found[0]}_", kept, count=1) if _DEVICES.match(kept) else kept
    )
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
        return drawn_anew(content, media_type)
    if media_type == "application/pdf":
        check_pdf(content)
    return content
