"""What ties a member to an applicant is found, and what ties nobody is not."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ashar.reviews.core import (
    HintKind,
    Particulars,
    Side,
    family_root,
    hints,
    outliers,
    repeated,
    shared,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Асанов Бакыт", "Асанова Нургүл"),
        ("Асан уулу Бакыт", "Асанова Нургүл"),
        ("Асан кызы Нургүл", "Асанов Бакыт Болотович"),
        ("Токтогулов Эркин", "Токтогул уулу Азамат"),
        ("Исаева Жылдыз", "Исаев Кубан"),
        ("Жээнбеков Алмаз", "Жеенбекова Айнура"),
        ("Токтосун-уулу Бек", "Токтосунова Гүл"),
        ("Үсөнов Талант", "Усонова Мира"),
    ],
)
def test_relatives_names_share_their_root(one, other):
    tied = hints(Side((one,)), Side((other,)))
    assert [hint.kind for hint in tied] == [HintKind.FAMILY_NAME]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Асанов Бакыт", "Исаков Бакыт"),
        ("Айгүл", "Айгүл"),
        ("Болотова Нургүл", "Болжурова Нургүл"),
        ("Ли Анна", "Ким Анна"),
        ("Исаева Жылдыз", "Исманова Жылдыз"),
    ],
)
def test_a_shared_first_name_ties_nobody(one, other):
    assert hints(Side((one,)), Side((other,))) == ()


def test_roots():
    assert family_root("Асан кызы Нургүл") == family_root("Асанов Бакыт") == "асан"
    assert family_root("Замир") == ""


def kinds(mine, theirs):
    found = hints(Side((), particulars=(mine,)), Side((), particulars=(theirs,)))
    return {hint.kind for hint in found}


def test_particulars_typed_by_another_hand_are_the_same():
    mine = Particulars(
        "Нарын обл., Чаек айылы, Ленин көч. 12", "+996 555 12-34-56", "1290-5312 0001"
    )
    theirs = Particulars(
        "Чаек айылы, Ленин көч., 12, Нарын обл.", "0555123456; 0312 1", "129053120001"
    )
    assert kinds(mine, theirs) == {
        HintKind.SAME_ADDRESS, HintKind.SAME_TELEPHONE, HintKind.SAME_ACCOUNT,
    }  # fmt: skip
    other = Particulars("Чаек айылы, Ленин көч., 21, Нарын обл.", "0555123457", "129053120002")
    assert kinds(mine, other) == set()
    assert kinds(Particulars(), Particulars()) == set()


def test_the_same_body_and_earlier_awards():
    found = hints(Side((), frozenset({1, 2})), Side((), frozenset({2})), earlier_awards=2)
    assert [hint.kind for hint in found] == [HintKind.SAME_BODY, HintKind.EARLIER_AWARD]


def test_a_score_far_from_the_colleagues_stands_out():
    totals = {(1, member): Fraction(points) for member, points in enumerate((60, 62, 58, 95, 61))}
    totals |= {(2, 0): Fraction(10), (2, 1): Fraction(90)}
    found = outliers(totals, Fraction(100))
    assert [(one.proposal, one.member) for one in found] == [(1, 3)]
    assert outliers({}, Fraction(100)) == []


def test_applicants_that_share_a_telephone_and_winners_that_repeat():
    applicants = {
        1: Particulars(telephone="0555 123456"),
        2: Particulars(telephone="+996555123456"),
        3: Particulars(telephone="0555 000000"),
    }
    assert [(one.one, one.other) for one in shared(applicants)] == [(1, 2)]
    assert [(one.body, one.won, one.of) for one in repeated([7, 7, 7, 8, 9])] == [(7, 3, 5)]
    assert repeated([7, 7, 8, 8, 7, 8]) == []
