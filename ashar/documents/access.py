"""Who may read a document.

A document does not know the cases it lies in; the rooms above do, and register their answer
here when they start (`apps.py`): `register_reader(may_read_document)`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404

from ashar.documents.choices import Visibility
from ashar.documents.models import Document

# The person who asks: an account or nobody in particular (AnonymousUser).
Reader = Callable[[Any, Document], bool]
_readers: list[Reader] = []


def register_reader(may: Reader) -> None:
    """Add a rule by which somebody may read a document that is not public."""
    if may not in _readers:
        _readers.append(may)


def may_read(user: Any, document: Document) -> bool:
    """Public papers are read by everybody; the others by whom a registered rule lets in."""
    if document.visibility == Visibility.PUBLIC:
        return True
    return any(may(user, document) for may in _readers)


def document_for(user: Any, ref: str) -> Document:
    """The document, or Http404: who may not read it may not learn that it exists."""
    document = Document.objects.filter(ref=ref).first()
    if document is None or not may_read(user, document):
        raise Http404
    return document
