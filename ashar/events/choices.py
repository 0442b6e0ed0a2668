"""Fixed vocabularies of events."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What kind of meeting it is."""

    FOCUS_GROUP = "focus_group", _("focus group")
    SURVEY = "survey", _("household survey")
    GATHERING = "gathering", _("citizens' gathering")
    VISIT = "visit", _("monitoring visit")


class Sex(models.TextChoices):
    """Sex, as counted."""

    WOMEN = "women", _("women")
    MEN = "men", _("men")


class VotingMethod(models.TextChoices):
    """How a question is put to the vote."""

    OPEN = "open", _("open vote")
    SECRET = "secret", _("secret vote")
