"""Reads of who pays for which need in which year."""

from __future__ import annotations

from django.db.models import QuerySet

from ashar.agreements.models import Agreement, NeedFunding
from ashar.programmes.models import Programme


def programme_of(agreement: Agreement) -> Programme | None:
    """Return the programme under which the agreement was won; None without one."""
    measure = agreement.proposal.call.measure if agreement.proposal else None
    return measure.programme if measure else None


def years_of(agreement: Agreement) -> range:
    """Return the years in which the agreement is carried out; none while its days are unknown."""
    if agreement.starts_on is None or agreement.ends_on is None:
        return range(0)
    return range(agreement.starts_on.year, agreement.ends_on.year + 1)


def funded_elsewhere(agreement: Agreement) -> QuerySet[NeedFunding]:
    """Return by which other programmes the need is paid for in the years of the agreement."""
    programme = programme_of(agreement)
    if agreement.need_id is None or programme is None:
        return NeedFunding.objects.none()
    return (
        NeedFunding.objects.filter(need_id=agreement.need_id, year__in=years_of(agreement))
        .exclude(programme=programme)
        .select_related("programme__case")
        .order_by("year")
    )
