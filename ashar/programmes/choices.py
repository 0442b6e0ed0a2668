"""Fixed vocabularies of programmes."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FundingSource(models.TextChoices):
    """Where money comes from; planned and actual are told apart by it everywhere."""

    REPUBLICAN_BUDGET = "republican_budget", _("republican budget")
    LOCAL_OWN = "local_own", _("local budget: own revenue")
    LOCAL_SPECIAL = "local_special", _("local budget: special funds")
    EQUALISING = "equalising_transfer", _("local budget: equalising transfer")
    MATCHING = "matching_grant", _("local budget: matching grant")
    DONOR_VIA_BUDGET = "donor_via_budget", _("donor grant through the budget")
    DONOR_DIRECT = "donor_direct", _("donor grant paid directly")
    NGO_OWN = "ngo_own", _("own contribution of the organisation")
    COMMUNITY_CASH = "community_cash", _("community contribution in cash")
    COMMUNITY_IN_KIND = "community_in_kind", _("community contribution in kind")


# Money that passes through the customer's budget: what it promises and pays itself.
BUDGET_SOURCES = frozenset(
    {
        FundingSource.REPUBLICAN_BUDGET,
        FundingSource.LOCAL_OWN,
        FundingSource.LOCAL_SPECIAL,
        FundingSource.EQUALISING,
        FundingSource.MATCHING,
        FundingSource.DONOR_VIA_BUDGET,
    }
)
