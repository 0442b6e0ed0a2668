"""Which files may be attached: told by their first bytes, not by their names.

What is sent stays in memory until the guard of documents has looked at it: nothing unknown,
and nothing that is still sealed, is ever written to the disk.
"""

from __future__ import annotations

from io import BytesIO
from pathlib import PurePath
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import InMemoryUploadedFile, UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.utils.translation import gettext as _

# Kind -> how such a file begins; what is inside is looked at before it is kept.
_ZIP = (b"PK\x03\x04",)
KINDS: dict[str, tuple[bytes, ...]] = {
    "pdf": (b"%PDF-",),
    "docx": _ZIP,
    "xlsx": _ZIP,
    "odt": _ZIP,
    "jpg": (b"\xff\xd8\xff",),
    "png": (b"\x89PNG\r\n\x1a\n",),
}
_SAME = {"jpeg": "jpg"}
MEGABYTE = 1024 * 1024


class DroppedUpload(InMemoryUploadedFile):
    """A file that came too large: only its name and its size are remembered."""

    def __init__(self, name: str, media_type: str, size: int, *, is_together: bool) -> None:
        super().__init__(BytesIO(), None, name, media_type, size, None)
        self.is_together = is_together


class InMemory(FileUploadHandler):
    """Receives files in memory, up to a limit for each and for all of one form together.

    What goes beyond is counted and forgotten, not refused here: the form is still read to its
    end, so that what was typed beside the file comes back with the sentence.
    """

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.together = 0
        self.received: list[bytes] = []
        self.size = 0
        self.is_together = False

    def new_file(self, *arguments: Any, **options: Any) -> None:
        """Begin a file of the form."""
        super().new_file(*arguments, **options)
        self.received, self.size, self.is_together = [], 0, False

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 - Django's
        """Keep the piece, unless the file or the form has become too large."""
        self.size += len(raw_data)
        if self.together + len(raw_data) > settings.REQUEST_MAX_BYTES:
            self.is_together = True
        if self.is_together or self.size > settings.DOCUMENT_MAX_BYTES:
            self.together -= sum(map(len, self.received))
            self.received = []
            return
        self.together += len(raw_data)
        self.received.append(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile[Any]:
        """Give the file, or what is remembered of one that was too large."""
        name, media_type = self.file_name or "", self.content_type or ""
        if self.is_together or file_size > settings.DOCUMENT_MAX_BYTES:
            return DroppedUpload(name, media_type, file_size, is_together=self.is_together)
        content = BytesIO(b"".join(self.received))
        self.received = []
        return InMemoryUploadedFile(
            content, self.field_name, name, media_type, file_size, self.charset
        )


def kind_of(content: IO[Any], name: str) -> str | None:
    """Return the kind a file claims by its name, if its first bytes agree; else None."""
    suffix = PurePath(name).suffix.lower().lstrip(".")
    kind = _SAME.get(suffix, suffix)
    content.seek(0)
    start = content.read(8)
    content.seek(0)
    return kind if any(start.startswith(sign) for sign in KINDS.get(kind, ())) else None


def check_size(upload: UploadedFile[Any]) -> None:
    """Refuse, in a sentence, a file that is too large alone or with the others of its form."""
    limit = settings.DOCUMENT_MAX_BYTES
    if (upload.size or 0) > limit:
        sentence = _("The file is larger than %(limit)s MB. Make it smaller or send it in parts.")
        raise ValidationError(sentence % {"limit": limit // MEGABYTE}, code="too_large")
    if isinstance(upload, DroppedUpload):
        sentence = _(
            "The files together are larger than %(limit)s MB. Send this one separately: what you "
            "typed is kept."
        )
        together = settings.REQUEST_MAX_BYTES // MEGABYTE
        raise ValidationError(sentence % {"limit": together}, code="too_large_together")


def check_upload(upload: UploadedFile[Any], kinds: tuple[str, ...]) -> None:
    """Refuse, in a sentence, a file that is too large or not of an allowed kind."""
    check_size(upload)
    kind = kind_of(upload, upload.name or "")
    if kind not in kinds:
        sentence = _("This file cannot be accepted. Send one of these kinds: %(kinds)s.")
        raise ValidationError(sentence % {"kinds": ", ".join(kinds)}, code="wrong_kind")
