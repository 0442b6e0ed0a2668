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
