"""Which files may be attached: told by their first bytes, not by their names."""

from __future__ import annotations

import zipfile
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

# Kind -> how such a file begins; office papers are archives, looked into below.
_ZIP = (b"PK\x03\x04",)
KINDS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "docx": _ZIP,
    "xlsx": _ZIP,
    "odt": _ZIP,
    "jpg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
}
_INSIDE = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "odt": "content.xml"}
_SAME = {"jpeg": "jpg"}
MEGABYTE = 1024 * 1024


def kind_of(content: IO[Any], name: str) -> str | None:
    """Return the kind a file claims by its name, if its content agrees; else None."""
    suffix = PurePath(name).suffix.lower().lstrip(".")
    kind = _SAME.get(suffix, suffix)
    content.seek(0)
    start = content.read(8)
    agrees = any(start.startswith(sign) for sign in KINDS.get(kind, ()))
    if agrees and kind in _INSIDE:
        agrees = _has_inside(content, _INSIDE[kind])
    content.seek(0)
    return kind if agrees else None


def _has_inside(content: IO[Any], name: str) -> bool:
    try:
        with zipfile.ZipFile(content) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
    # A macro is a program; no paper of ours needs one.
    return name in names and not any(part.endswith("vbaProject.bin") for part in names)


def check_upload(upload: UploadedFile[Any], kinds: tuple[str, ...]) -> None:
    """Refuse, in a sentence, a file that is too large or not of an allowed kind."""
    limit = settings.DOCUMENT_MAX_BYTES
    if (upload.size or 0) > limit:
        sentence = _("The file is larger than %(limit)s MB. Make it smaller or send it in parts.")
        raise ValidationError(sentence % {"limit": limit // MEGABYTE}, code="too_large")
    kind = kind_of(upload, upload.name or "")
    if kind not in kinds:
        sentence = _("This file cannot be accepted. Send one of these kinds: %(kinds)s.")
        raise ValidationError(sentence % {"kinds": ", ".join(kinds)}, code="wrong_kind")
