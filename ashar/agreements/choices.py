"""Fixed vocabularies of agreements."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class TrancheCondition(models.TextChoices):
    """After what a tranche may be paid."""

    SIGNATURE = "signature", _("after the agreement is signed (advance)")
    REPORT = "report", _("after the named report is accepted")


class ClauseResult(models.TextChoices):
    """How a service meets a clause of its quality standard."""

    MET = "met", _("met")
    PARTLY = "partly", _("partly met")
    NOT_MET = "not_met", _("not met")
    NOT_APPLICABLE = "not_applicable", _("not applicable")


class SurveyRound(models.TextChoices):
    """When satisfaction or trust was asked."""

    BEFORE = "before", _("before the project")
    AFTER = "after", _("after the project")


# Stages of an agreement in which work may be reported, seen and judged.
RUNNING_STAGES = ("running", "suspended")
