"""Office files are archives: their limits are read before anything is unpacked."""

from __future__ import annotations

import io
import re
import struct
import zipfile

from ashar.documents.core.office import check_part, is_macro_list
from ashar.documents.core.refused import MEGABYTE, RefusedFile

_MOST_PARTS = 2_000
_MOST_LISTED = 512 * 1024  # bytes of the list of parts
_MOST_UNPACKED = 60 * MEGABYTE
_MOST_RATIO = 200
_END = b"PK\x05\x06"
_LARGE_END = b"PK\x06\x07"
_END_SIZE = 22
_PLAIN_WAYS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
_MAIN_PARTS = {
    WORD: "word/document.xml",
    SHEET: "xl/workbook.xml",
    SLIDES: "ppt/presentation.xml",
}
_ACTIVE_PARTS = re.compile(
    r"vbaproject|vbadata|activex|/embeddings/|oleobject|customui|macrosheets|^basic/|^scripts/"
    r"|connections\.xml$|querytables?/|webextensions?/|^object |/object |ctrlprops?/|afchunk",
    re.IGNORECASE,
)
# Parts that an honest office program writes; anything else is somebody's own addition.
_KNOWN_ENDINGS = frozenset(
    {
        *("xml", "rels", "vml", "rdf", "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff"),
        *("emf", "wmf", "wdp", "odttf", "fntdata", "ttf", "otf"),
    }
)
_KNOWN_PARTS = re.compile(
    r"mimetype|layout-cache|Configurations2/.*|xl/printerSettings/printerSettings\d+\.bin"
    r"|word/printerSettings\d*\.bin|ppt/printerSettings/printerSettings\d+\.bin"
)


def check_archive(content: bytes, expected: str) -> str:
    """Look at an office file part by part and return what it is."""
    _check_end(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        _check_limits(parts)
        names = {part.filename for part in parts}
        _check_names(parts, names)
        read = _Reader(archive)
        found = _office_kind(names, read, expected)
        for part in parts:
            if not part.is_dir():
                check_part(part.filename, read(part))
    return found


class _Reader:
    """Reads parts of an archive and stops at the limit, whatever the archive promised."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.left = _MOST_UNPACKED

    def __call__(self, part: zipfile.ZipInfo | str) -> bytes:
        with self.archive.open(part) as opened:
            content = opened.read(self.left + 1)
        self.left -= len(content)
        if self.left < 0:
            raise RefusedFile("swells")
        return content


def _check_end(content: bytes) -> None:
    """Read how many parts there are from the last bytes, before the list itself is read."""
    last = content[-_END_SIZE - 65_536 :]
    if _END not in last:
        raise RefusedFile("unreadable")
    if last.count(_END) > 1 or _LARGE_END in last[-4 * _END_SIZE :]:
        raise RefusedFile("two_in_one")
    end = content[content.rfind(_END) :]
    disk, start_disk, here, count, size, place, comment = struct.unpack("<4H2LH", end[4:_END_SIZE])
    if disk or start_disk or here != count or comment or len(end) != _END_SIZE:
        raise RefusedFile("two_in_one")
    if count > _MOST_PARTS or size > _MOST_LISTED:
        raise RefusedFile("swells")
    if place + size + _END_SIZE != len(content):
        raise RefusedFile("two_in_one")


def _check_limits(parts: list[zipfile.ZipInfo]) -> None:
    if sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise RefusedFile("swells")
    if any(p.file_size > MEGABYTE and p.file_size > _MOST_RATIO * p.compress_size for p in parts):
        raise RefusedFile("swells")
    if any(part.flag_bits & 0x1 for part in parts):
        raise RefusedFile("locked")
    if any(part.compress_type not in _PLAIN_WAYS for part in parts):
        raise RefusedFile("unreadable")
    if min(part.header_offset for part in parts) != 0:
        raise RefusedFile("two_in_one")


def _check_names(parts: list[zipfile.ZipInfo], names: set[str]) -> None:
    if len({name.lower() for name in names}) != len(parts):
        raise RefusedFile("two_in_one")
    for name in names:
        if name.startswith("/") or ".." in name.split("/") or "\\" in name or "\x00" in name:
            raise RefusedFile("unreadable")
        if _ACTIVE_PARTS.search(name) or not _is_known(name):
            raise RefusedFile("active")


def _is_known(name: str) -> bool:
    ending = name.rpartition(".")[2].lower()
    return name.endswith("/") or ending in _KNOWN_ENDINGS or bool(_KNOWN_PARTS.fullmatch(name))


def _office_kind(names: set[str], read: _Reader, expected: str) -> str:
    if "mimetype" in names:
        return read("mimetype").decode("ascii")
    main = _MAIN_PARTS.get(expected)
    if main is None or main not in names or "[Content_Types].xml" not in names:
        raise RefusedFile("not_what_it_says")
    if is_macro_list(read("[Content_Types].xml")):
        raise RefusedFile("active")
    return expected
