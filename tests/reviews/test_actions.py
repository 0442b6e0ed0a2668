"""Declarations and sheets: what is kept, what is refused, what colleagues never overwrite."""

from __future__ import annotations

import pytest

from ashar.journal.models import Entry
from ashar.reviews.actions import (
    HasInterest,
    NotDeclared,
    SheetChanged,
    declare_interest,
    save_sheet,
)
from ashar.reviews.core import Marks
from ashar.reviews.models import Disclosure, Review, Score
from ashar.reviews.queries import complete_sheets, conflicted_sheets, declarations_on

pytestmark = pytest.mark.django_db
REASONS = {"relevance": "Муктаждыкка жооп берет", "cost": "Чыгымдар негиздүү"}
FULL = Marks({"relevance": 7, "cost": 5}, REASONS, "Улантыңыз")
HALF = Marks({"relevance": 7, "cost": None})


def declared(case, account, has_interest=False):
    return declare_interest(
        case, member=account.person, has_interest=has_interest, reason="тууган", by=account
    )


def test_nobody_scores_before_declaring(world, case):
    with pytest.raises(NotDeclared):
        save_sheet(case, member=world.bakyt.person, marks=FULL, by=world.bakyt)
    assert Review.objects.count() == 0


def test_a_complete_sheet_is_handed_in_and_an_incomplete_one_is_kept(world, case):
    declared(case, world.bakyt)
    member = world.bakyt.person
    half = save_sheet(case, member=member, marks=HALF, by=world.bakyt, version=0)
    assert (half.submitted_at, half.scores.count()) == (None, 1)
    full = save_sheet(case, member=member, marks=FULL, by=world.bakyt, version=half.version)
    assert full.submitted_at is not None
    assert full.advice == "Улантыңыз"
    assert sorted(Score.objects.values_list("criterion", "points", "comment")) == [
        ("cost", 5, "Чыгымдар негиздүү"),
        ("relevance", 7, "Муктаждыкка жооп берет"),
    ]


def test_two_windows_do_not_overwrite_each_other(world, case):
    declared(case, world.bakyt)
    member = world.bakyt.person
    first = save_sheet(case, member=member, marks=FULL, by=world.bakyt, version=0)
    save_sheet(case, member=member, marks=HALF, by=world.bakyt, version=first.version)
    for version in (0, first.version):
        with pytest.raises(SheetChanged):
            save_sheet(case, member=member, marks=FULL, by=world.bakyt, version=version)
    assert Score.objects.count() == 1


def test_an_interest_closes_the_sheet_and_withdraws_the_one_given(world, case):
    declared(case, world.bakyt)
    save_sheet(case, member=world.bakyt.person, marks=FULL, by=world.bakyt)
    declared(case, world.bakyt, has_interest=True)
    assert (Review.objects.count(), Disclosure.objects.count()) == (0, 1)
    with pytest.raises(HasInterest):
        save_sheet(case, member=world.bakyt.person, marks=FULL, by=world.bakyt)
    last = Entry.objects.filter(action="interest_declared").first()
    assert last.data == {"has_interest": True, "sheet_withdrawn": True, "hints": []}


def test_the_journal_tells_that_a_sheet_was_saved_and_no_mark(world, case):
    declared(case, world.bakyt)
    save_sheet(case, member=world.bakyt.person, marks=FULL, by=world.bakyt)
    assert Entry.objects.filter(action="sheet_saved").get().data == {"is_complete": True}


def test_who_declared_what_and_which_sheets_count(world, case):
    declared(case, world.bakyt)
    declared(case, world.bolot, has_interest=True)
    sheet = save_sheet(case, member=world.bakyt.person, marks=FULL, by=world.bakyt)
    assert declarations_on([case.pk]) == {
        (case.pk, world.bakyt.person_id): False,
        (case.pk, world.bolot.person_id): True,
    }
    assert list(complete_sheets([case.pk])) == [sheet]
    assert list(conflicted_sheets([case.pk])) == []
    Disclosure.objects.update(has_interest=True)
    assert list(conflicted_sheets([case.pk])) == [sheet]


def test_points_without_their_reason_are_kept_but_not_handed_in(world, case):
    declared(case, world.bakyt)
    bare = Marks(FULL.points, {**REASONS, "cost": " "})
    sheet = save_sheet(case, member=world.bakyt.person, marks=bare, by=world.bakyt)
    assert (bare.unreasoned, sheet.submitted_at, sheet.scores.count()) == (("cost",), None, 2)
