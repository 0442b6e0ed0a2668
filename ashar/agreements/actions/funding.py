"""Writes by which a need is paid for once: a year of it belongs to one programme."""

from __future__ import annotations

from django.db import IntegrityError

from ashar.agreements.models import Agreement, NeedFunding
from ashar.agreements.queries.funding import programme_of, years_of
from ashar.cases.models import Case
from ashar.journal.actions import deed
from ashar.needs.models import Need
from ashar.procedures.reasons import Reason, Refusal, Refused
from ashar.programmes.models import Programme

LIVE = ("offered", "running", "suspended", "completed")


@deed
def claim_need(agreement: Agreement) -> None:
    """Let the programme of the agreement pay for its need in its years.

    Raises Refused when another programme pays for it already: no need is funded twice.
    """
    programme = programme_of(agreement)
    need = agreement.need
    if need is None or programme is None:
        return
    for year in years_of(agreement):
        claimed = _claimed(need, programme, year)
        if claimed.programme_id != programme.pk:
            title = claimed.programme.case.title_ky or claimed.programme.case.title_ru
            raise Refused((Refusal(Reason("funded_once", programmes=(title,))),))


def _claimed(need: Need, programme: Programme, year: int) -> NeedFunding:
    """Return the claim on the year; of two at one moment the database lets one through."""
    rows = NeedFunding.objects.select_related("programme__case")
    found = rows.filter(need=need, year=year).first()
    if found is not None:
        return found
    try:
        with deed():
            return NeedFunding.objects.create(need=need, year=year, programme=programme)
    except IntegrityError:
        return rows.get(need=need, year=year)


@deed
def free_need(case: Case) -> None:
    """Give up the years in which nothing was paid and no other agreement of the programme stands."""
    agreement = Agreement.objects.select_related("proposal__call__measure__programme").get(
        case=case
    )
    programme = programme_of(agreement)
    if agreement.need_id is None or programme is None:
        return
    kept: set[int] = set()
    others = Agreement.objects.filter(
        need_id=agreement.need_id,
        case__stage__in=LIVE,
        proposal__call__measure__programme=programme,
    ).exclude(pk=agreement.pk)
    for other in others:
        kept.update(years_of(other))
    paid = agreement.tranches.filter(paid_on__isnull=False).values_list("paid_on__year", flat=True)
    kept.update(paid)
    NeedFunding.objects.filter(
        need_id=agreement.need_id, programme=programme, year__in=years_of(agreement)
    ).exclude(year__in=kept).delete()
