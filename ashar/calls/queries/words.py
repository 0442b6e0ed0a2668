"""The same sentence of the catalogues in the three languages, for facts and papers."""

from __future__ import annotations

from django.utils import translation
from django.utils.functional import Promise

from ashar.kernel.text import Wording
from ashar.parties.models import Organisation


def said(text: str | Promise, language: str) -> str:
    """Return a lazy text of the catalogues in the language."""
    with translation.override(language):
        return str(text)


def worded(text: str | Promise) -> Wording:
    """Return a lazy text of the catalogues in all three languages."""
    return Wording(ky=said(text, "ky"), ru=said(text, "ru"), en=said(text, "en"))


def name_of(organisation: Organisation) -> Wording:
    """Return the name of an organisation in all its languages."""
    return Wording(organisation.name_ky, organisation.name_ru, organisation.name_en)
