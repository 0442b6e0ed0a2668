"""Writes of reviews: a member declares an interest or its absence, and fills a sheet."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone

from ashar.cases.models import Case
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account, Person
from ashar.reviews.core import Marks
from ashar.reviews.models import Disclosure, Review, Score


class HasInterest(Exception):
    """The member declared an interest and may not judge this case."""


class InterestStands(Exception):
    """An interest once declared is not taken back by the member who declared it."""


class NotDeclared(Exception):
    """The member has not declared whether there is an interest."""


class SheetChanged(Exception):
    """The sheet was saved elsewhere after this page was opened."""


@deed
def declare_interest(
    case: Case,
    *,
    member: Person,
    has_interest: bool,
    reason: str = "",
    hinted: Iterable[str] = (),
    by: Account,
) -> Disclosure:
    """Record whether the member has an interest in the case; a sheet already given goes.

    `hinted` names the kinds of hints that the member was shown. Raises InterestStands when an
    interest declared before is to be taken back.
    """
    before = Disclosure.objects.filter(case=case, member=member).first()
    if before is not None and before.has_interest and not has_interest:
        raise InterestStands
    dropped = bool(has_interest and Review.objects.filter(case=case, member=member).delete()[0])
    disclosure, _created = Disclosure.objects.update_or_create(
        case=case,
        member=member,
        defaults={
            "has_interest": has_interest,
            "reason": reason.strip(),
            "declared_at": timezone.now(),
            "dropped_sheet": dropped or bool(before and before.dropped_sheet),
            "hinted": sorted(hinted),
        },
    )
    journal.write(
        "interest_declared",
        subject=f"case:{case.ref}",
        case_ref=case.ref,
        by=by,
        data={
            "has_interest": has_interest,
            "sheet_withdrawn": dropped,
            "hints": disclosure.hinted,
        },
    )
    return disclosure


def require_no_interest(case: Case, member: Person | None) -> None:
    """Let nobody judge before having declared, nor with an interest.

    Raises NotDeclared, HasInterest.
    """
    declared = Disclosure.objects.filter(case=case, member=member).first() if member else None
    if declared is None:
        raise NotDeclared
    if declared.has_interest:
        raise HasInterest


@deed
def save_sheet(
    case: Case, *, member: Person, marks: Marks, by: Account, version: int | None = None
) -> Review:
    """Save the member's sheet; it is handed in once complete, with points and reasons.

    Raises NotDeclared or HasInterest before anything is written, SheetChanged when the
    sheet is no longer of the version the reader saw.
    """
    require_no_interest(case, member)
    review = _open_sheet(case, member, version)
    submitted_at = timezone.now() if marks.is_complete else None
    Review.objects.filter(pk=review.pk).update(submitted_at=submitted_at, advice=marks.advice)
    review.scores.all().delete()
    Score.objects.bulk_create(
        Score(
            review=review,
            criterion=criterion,
            points=points,
            comment=marks.comments.get(criterion, ""),
        )
        for criterion, points in marks.points.items()
        if points is not None
    )
    journal.write(
        "sheet_saved",
        subject=f"case:{case.ref}",
        case_ref=case.ref,
        by=by,
        data={"is_complete": marks.is_complete},
    )
    review.refresh_from_db()
    return review


def _open_sheet(case: Case, member: Person, version: int | None) -> Review:
    """Return the sheet with its version raised, on condition that nobody did so meanwhile."""
    seen = Review.objects.filter(case=case, member=member)
    if version:
        changed = seen.filter(version=version).update(version=F("version") + 1)
        if not changed:
            raise SheetChanged
        return seen.get()
    if version == 0 and seen.exists():
        raise SheetChanged
    try:
        with deed():
            review, _created = Review.objects.get_or_create(case=case, member=member)
    except IntegrityError as same:
        raise SheetChanged from same
    return review
