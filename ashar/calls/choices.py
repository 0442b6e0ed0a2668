"""Fixed vocabularies of calls."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CheckResult(models.TextChoices):
    """What was found on a rule of eligibility."""

    MET = "met", _("met")
    NOT_MET = "not_met", _("not met")
