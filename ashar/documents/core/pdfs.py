"""What a PDF may not carry: scripts, programs to start, files inside it.

Any letter of a name in a PDF may be written by its number (`/J#61vaScript`), and names may lie
in a compressed stream of objects; both are looked through. Pictures and texts in other streams
are not: their bytes are not names, though some may look like one by chance.
"""

from __future__ import annotations

import re
import zlib
from bisect import bisect_left

from ashar.documents.core.refused import MEGABYTE, RefusedFile

_MOST_UNPACKED = 48 * MEGABYTE
_END = b"%%EOF"
_LAST_BYTES = 2_048
_ARCHIVE_END = 66_000
# How far before its stream the description of an object may begin.
_LONGEST_HEAD = 64 * 1024
_MARKUP = re.compile(rb"<\s*(!doctype\s+html|html|script|iframe|svg|body)\b", re.IGNORECASE)
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_FILTER = re.compile(rb"/Filter\s*\[?\s*/FlateDecode\s*\]?(?!\s*/)")
_PREDICTED = re.compile(rb"/(DecodeParms|DP)\b")


def _names(*words: str) -> re.Pattern[bytes]:
    """Find these names, each letter plain or by its number."""
    spelled = [
        b"".join(
            b"(?:%s|#%02x|#%02X)" % (re.escape(sign.encode()), ord(sign), ord(sign))
            for sign in word
        )
        for word in words
    ]
    return re.compile(rb"/(?:" + rb"|".join(spelled) + rb")(?![A-Za-z0-9])")


_ACTIVE = _names(
    *("JavaScript", "Launch", "EmbeddedFile", "EmbeddedFiles", "RichMedia", "SubmitForm"),
    *("ImportData", "FileAttachment", "Rendition", "GoToE"),
)
# Too short to be looked for among the bytes of pictures: chance alone would write them there.
_SHORT = _names("JS", "XFA")
_LOCKED = _names("Encrypt")
_PACKED = _names("ObjStm", "First")


def check_pdf(content: bytes) -> None:
    """Refuse a PDF that can do more than be read."""
    if _END not in content[-_LAST_BYTES:]:
        raise RefusedFile("unreadable")
    if b"PK\x05\x06" in content[-_ARCHIVE_END:] or b"PK\x03\x04" in content[:_LAST_BYTES]:
        raise RefusedFile("two_in_one")
    if _MARKUP.search(content[:_LAST_BYTES]):
        raise RefusedFile("two_in_one")
    if _ACTIVE.search(content) or _SHORT.search(_outside_streams(content)):
        raise RefusedFile("active")
    if _LOCKED.search(content):
        raise RefusedFile("locked")
    for objects in _packed_objects(content):
        if _ACTIVE.search(objects) or _SHORT.search(objects):
            raise RefusedFile("active")


def _outside_streams(content: bytes) -> bytes:
    kept, place = [], 0
    for found in _STREAM.finditer(content):
        if found.start() < place:
            continue
        end = content.find(b"endstream", found.end())
        if end < 0:
            break
        kept.append(content[place : found.start()])
        place = end
    return b"\n".join([*kept, content[place:]])


def _packed_objects(content: bytes) -> list[bytes]:
    """Unpack every stream that may hold objects, within a limit."""
    heads = [found.start() for found in _PACKED.finditer(content)]
    unpacked, left = [], _MOST_UNPACKED
    for found in _STREAM.finditer(content) if heads else ():
        nearest = bisect_left(heads, found.start()) - 1
        if nearest < 0 or found.start() - heads[nearest] > _LONGEST_HEAD:
            continue
        objects = _unpacked(content, found, left)
        left -= len(objects)
        unpacked.append(objects)
    return unpacked


def _unpacked(content: bytes, stream: re.Match[bytes], left: int) -> bytes:
    start = content.rfind(b"obj", 0, stream.start())
    head = content[max(start, stream.start() - _LONGEST_HEAD, 0) : stream.start()]
    is_certain = bool(_PACKED.search(head))
    if is_certain and b"#" in head:
        raise RefusedFile("active")  # who writes names by number here hides something
    if is_certain and b"/Filter" in head and (not _FILTER.search(head) or _PREDICTED.search(head)):
        raise RefusedFile("unreadable")
    try:
        reader = zlib.decompressobj()
        objects = reader.decompress(content[stream.end() :], left + 1)
    except zlib.error as fault:
        if is_certain and b"/Filter" in head:
            raise RefusedFile("unreadable") from fault
        return b""  # a picture or a text in another form: no objects
    if len(objects) > left:
        raise RefusedFile("swells")
    return objects
