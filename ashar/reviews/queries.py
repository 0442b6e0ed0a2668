"""Reads of reviews: declarations and complete sheets of a set of cases."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Exists, OuterRef, QuerySet

from ashar.reviews.models import Disclosure, Review


def declarations_on(cases: Collection[int]) -> dict[tuple[int, int], bool]:
    """Return who declared what: (case, member) -> whether there is an interest."""
    rows = Disclosure.objects.filter(case_id__in=cases)
    return {
        (case, member): has_interest
        for case, member, has_interest in rows.values_list("case_id", "member_id", "has_interest")
    }


def complete_sheets(cases: Collection[int]) -> QuerySet[Review]:
    """Return the sheets handed in on these cases."""
    return Review.objects.filter(case_id__in=cases, submitted_at__isnull=False).order_by("pk")


def conflicted_sheets(cases: Collection[int]) -> QuerySet[Review]:
    """Return the sheets handed in by members with a declared interest in the case."""
    interest = Disclosure.objects.filter(
        case_id=OuterRef("case_id"), member_id=OuterRef("member_id"), has_interest=True
    )
    return complete_sheets(cases).filter(Exists(interest))
