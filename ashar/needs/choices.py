"""Fixed vocabularies of needs."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OutcomeKind(models.TextChoices):
    """In what a need may end."""

    SOCIAL_ORDER = "social_order", _("topic of a social order")
    PROGRAMME_MEASURE = "programme_measure", _("measure of the development programme")
    BUDGET_LINE = "budget_line", _("line of the budget")
    LOCAL_INITIATIVE = "local_initiative", _("local initiative")
    DELEGATION = "delegation_request", _("request for delegated powers")
    REFUSED = "refused", _("refused with a reason")
