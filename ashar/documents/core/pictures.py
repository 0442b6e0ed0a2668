"""Pictures are drawn anew: whatever else was hidden in the file is gone."""

from __future__ import annotations

import io
import threading
import warnings

from PIL import Image, ImageOps

from ashar.documents.core.refused import RefusedFile

MOST_PIXELS = 36_000_000  # a page of A4 at 600 dots per inch
_FORMS = {"image/jpeg": "JPEG", "image/png": "PNG"}
# A large picture takes hundreds of megabytes while it is drawn: one at a time.
_one_picture = threading.Lock()


def drawn_anew(content: bytes, media_type: str) -> bytes:
    """Return the same picture, written by us."""
    form = _FORMS[media_type]
    with _one_picture, warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(content), formats=(form,)) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise RefusedFile("too_many_pixels")
            plain = picture.convert("RGB" if form == "JPEG" else _png_mode(picture))
            turn = picture.getexif().get(0x0112)
        if turn and turn != 1:
            plain.getexif()[0x0112] = turn
            plain = ImageOps.exif_transpose(plain)
        plain.info = {}
        kept = io.BytesIO()
        plain.save(kept, form, quality=88, compress_level=4, exif=b"")
    return kept.getvalue()


def _png_mode(picture: Image.Image) -> str:
    if "transparency" in picture.info or "A" in picture.mode:
        return "RGBA"
    return "L" if picture.mode in {"1", "L", "I", "I;16"} else "RGB"
