"""The words of the law folder: the keys that the apps store, whose figures, which standard."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from ashar.events.choices import EventKind, Sex
from ashar.needs.choices import OutcomeKind
from ashar.parties.choices import OrganisationKind
from ashar.procedures.library import Library
from ashar.programmes.choices import FundingSource

LAW = Library(Path(__file__).parents[2] / "law")
NOT_IN_LAW = {"aiyl_okmotu", "mayors_office", "kenesh", "commission", "ministry", "donor"}


@pytest.mark.parametrize(
    ("vocabulary", "keys"),
    [
        ("need_outcomes", set(OutcomeKind.values)),
        ("funding_sources", set(FundingSource.values)),
        ("sex", set(Sex.values)),
        ("event_kinds", set(EventKind.values)),
        ("organisation_kinds", set(OrganisationKind.values) - NOT_IN_LAW),
    ],
)
def test_words_stand_for_what_is_stored(vocabulary, keys):
    assert set(LAW.vocabulary(vocabulary).terms) == keys


def test_every_vocabulary_has_all_three_languages():
    for path in (LAW.root / "vocabularies").glob("*.yaml"):
        for term in LAW.vocabulary(path.stem).terms.values():
            assert all((term.title.ky, term.title.ru, term.title.en)), f"{path.stem}: {term.key}"


def test_nineteen_needs_were_named_in_the_pilot_and_seven_groups_asked():
    needs, groups = LAW.vocabulary("need_topics").terms, LAW.vocabulary("focus_groups").terms
    assert len(needs) == 19 + 1
    assert len(groups) == 7 + 2


@pytest.mark.parametrize("key", ["municipal_social_order", "local_initiative"])
def test_training_weights_make_a_hundred(key):
    law = LAW.procedure(key, LAW.editions(key)[-1].isoformat())
    law = law.with_profile(LAW.profile("demonstration"))
    (rubric,) = law.rubrics.values()
    assert sum(one.weight.value for one in rubric.criteria) == 100
    assert law.numbers["commission_quorum"].value == Fraction(2, 3)
    assert law.unknown_numbers == ()
    assert {number.status for number in law.numbers.values()} == {"assumed"}


def test_a_figure_of_the_law_has_a_value_only_where_somebody_read_it():
    for path in LAW.paths():
        for number in LAW.load(path).numbers.values():
            assert number.cite
            assert number.is_unknown or number.status in {"verified", "reported"}


def test_the_training_standard_says_that_it_is_assumed():
    standard = LAW.standard("day_centre_children")
    assert standard.is_assumed
    assert {clause.status for clause in standard.clauses.values()} == {"assumed"}
    assert standard.act in LAW.acts
    assert len(standard.clauses) == 8
