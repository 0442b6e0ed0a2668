"""Fixed vocabularies of seals."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class SealedBy(models.TextChoices):
    """Where the envelope was closed."""

    BROWSER = "browser", _("in the applicant's browser")
    OFFLINE = "offline", _("on the applicant's computer, without the Internet")
    SERVER = "server", _("by this site on arrival (the weaker way)")


class OpenedHow(models.TextChoices):
    """Who opened the envelope."""

    SHARES = "shares", _("the members of the commission together")
    APPLICANT = "applicant", _("the applicant with the code of the proposal")


# Why an envelope does not open, for a page.
NOT_OPENED = {
    "too_few": _("Too few members have opened it so far."),
    "do_not_fit": _(
        "The parts given by the members do not belong to this envelope. The applicant can open "
        "it with the code of the proposal."
    ),
    "changed": _(
        "The envelope was changed after it was handed in. The applicant's receipt shows what "
        "was handed in."
    ),
    "broken": _("The envelope is open, but what lies inside is not a proposal."),
}

# What the pages of seals say while they work in the browser.
SEAL_WORDS = {
    "too_short": _("The secret words are too short. Write at least 12 signs: three or four words."),
    "not_same": _("The two fields differ. Write the same secret words in both."),
    "working": _("Please wait a few seconds …"),
    "wrong_words": _(
        "These are not the secret words of this seal. Look whether the keyboard is switched to "
        "the same language and whether Caps Lock is on, then try again."
    ),
    "no_answer": _(
        "The site does not answer, so nothing was kept. Look whether the Internet works, then "
        "try again."
    ),
    "kept": _("Your seal is made. Now print the recovery sheet."),
    "changed": _("The secret words are changed. The recovery sheet stays the same."),
    "wrong_sheet": _(
        "This is not the text of the recovery sheet of your seal. Compare it sign by sign with "
        "the paper; small and capital letters do not matter."
    ),
    "nothing_typed": _("Write your secret words, or the text of the recovery sheet."),
    "progress": _("Opened: {done} of {all}"),
    "finished": _("Thank you. You have opened everything that waited for you."),
    "broken_off": _(
        "Opened: {done} of {all}, then the connection broke off. What was opened is kept. Press "
        "the button again to go on."
    ),
}
