"""Fixed vocabularies of the privacy room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CardRequestKind(models.TextChoices):
    """What is done with a protected card only when two persons agree."""

    EXPORT = "export", _("give the person a copy of all her data")
    FORGET = "forget", _("forget the person for ever")


class OwnRequestKind(models.TextChoices):
    """What somebody may ask about the data of his own account."""

    CORRECTION = "correction", _("correct what is wrong")
    FORGETTING = "forgetting", _("forget me")
