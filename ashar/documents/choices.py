"""Fixed vocabularies of documents."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from ashar.documents.core import Paper, Words


class Visibility(models.TextChoices):
    """Who may read a document."""

    PUBLIC = "public", _("everybody")
    PARTIES = "parties", _("the parties of the case")
    INTERNAL = "internal", _("the office that keeps it")


class PaperLanguage(models.TextChoices):
    """The language a document is written in."""

    KYRGYZ = "ky", _("Kyrgyz")
    RUSSIAN = "ru", _("Russian")
    ENGLISH = "en", _("English")
    UNKNOWN = "", _("not said")


REFUSALS = {
    "empty": _("The file is empty. Choose the file again; perhaps it was not saved yet."),
    "too_large": _(
        "The file is larger than 10 MB. Scan it in black and white or divide it into parts."
    ),
    "unknown_kind": _(
        "Files of this kind are not accepted. Send a PDF, Word (DOCX), Excel (XLSX), PowerPoint "
        "(PPTX) or OpenDocument file, or a picture (JPEG, PNG)."
    ),
    "runnable": _(
        "The name or the content of this file says that it is a program or a web page. "
        "Send the paper itself, best as a PDF."
    ),
    "not_what_it_says": _(
        "The content of the file does not match its name. Open it in its own program, save it "
        "again under the right type and send that."
    ),
    "old_office": _(
        "This is a file of an old Office version or a locked one. Save it as DOCX, XLSX or PDF "
        "and send that."
    ),
    "two_in_one": _(
        "The file carries something hidden beside its content. Save it anew, best as a PDF, "
        "and send that."
    ),
    "active": _(
        "The file contains macros, scripts or files inside it. Save it without them, best as a "
        "PDF, and send that."
    ),
    "outside": _(
        "The file fetches a template or a picture from another place. Save it as a PDF and send "
        "that."
    ),
    "locked": _("The file is locked with a password. Save it without a password and send that."),
    "swells": _(
        "The file unpacks to far more than it seems to hold. Save it as a PDF and send that."
    ),
    "too_many_pixels": _(
        "The picture is too large. Make it smaller, for example 3000 pixels wide."
    ),
    "infected": _(
        "The virus scanner found something harmful in the file. It was not taken in. Clean the "
        "computer it came from."
    ),
    "no_scanner": _(
        "The virus scanner does not answer, so no file can be taken in now. Nothing is lost: try "
        "again later, and tell the administrator if it stays so."
    ),
    "unreadable": _("The file cannot be read; it seems damaged. Save it again and send that."),
}

# Why a sheet, or a row of it, cannot be taken.
SHEET_FAULTS = {
    "empty": _("There is nothing in this sheet."),
    "too_large": _("The file is larger than 20 MB. Divide it into parts."),
    "old_office": _(
        "This is a file of an old Office version or a locked one. Save it as XLSX or CSV."
    ),
    "not_a_sheet": _("This is no spreadsheet. Save it as XLSX or CSV and send that."),
    "broken": _("The sheet cannot be read; it seems damaged. Save it again as XLSX or CSV."),
    "too_heavy": _(
        "The sheet unpacks to far more than it seems to hold. Copy its rows into a new sheet and "
        "send that."
    ),
    "too_wide": _(
        "The sheet has cells far to the right of the table. Copy the table into a new sheet and "
        "send that."
    ),
    "too_many_rows": _("The sheet has more than 100,000 rows. Divide it into parts."),
    "too_many_cells": _("This row has too many cells."),
    "long_cell": _("A cell of this row has more than 5,000 letters."),
    "encoding": _(
        "Letters of this row cannot be read: the file was saved in two ways at once. Type the row "
        "again, or save the whole file as XLSX."
    ),
    "hidden_signs": _("A cell of this row contains invisible signs. Type it again."),
    "error_value": _("A cell of this row shows an error such as #REF!. Correct the formula."),
    "open_quote": _(
        "A quotation mark is opened in this row and never closed, so its cells cannot be told "
        "apart."
    ),
}

# The day as it stands on a paper: the month's form differs by language, so each is whole.
_DAYS = (
    _("{day} January {year}"),
    _("{day} February {year}"),
    _("{day} March {year}"),
    _("{day} April {year}"),
    _("{day} May {year}"),
    _("{day} June {year}"),
    _("{day} July {year}"),
    _("{day} August {year}"),
    _("{day} September {year}"),
    _("{day} October {year}"),
    _("{day} November {year}"),
    _("{day} December {year}"),
)


def refusal_sentence(reason: str) -> str:
    """What is wrong with the file and what to do, in the reader's language."""
    return str(REFUSALS[reason])


def sheet_sentence(reason: str) -> str:
    """Why a sheet or a row is refused and what to do, in the reader's language."""
    return str(SHEET_FAULTS[reason])


def written_day(day: date) -> str:
    """The day in words, in the active language."""
    return str(_DAYS[day.month - 1]).format(day=day.day, year=day.year)


def paper_words(paper: Paper) -> Words:
    """The fixed words of this paper, in its own language."""
    with override(paper.language):
        return Words(
            day=written_day(paper.day) if paper.day else "",
            number=gettext("No."),
            case=gettext("Case:"),
            page=gettext("page {page} of {pages}"),
            verify=gettext("Verification code:"),
            digest=gettext("Digest of the data (SHA-256):"),
            mark=gettext("Mark of the journal before this paper:"),
            made=gettext("Made:"),
            original=_original(paper.language),
            stamp=gettext("place for the stamp"),
            signature=gettext("signature"),
            qr=gettext("QR code with the address where this paper is verified:"),
        )


def _original(language: str) -> str:
    if language == "ky":
        return gettext(
            "The Kyrgyz text is the original (Constitutional Law of the Kyrgyz Republic "
            "No. 140 of 17 July 2023 on the state language)."
        )
    return gettext("This text stands beside the original, which is in Kyrgyz.")
