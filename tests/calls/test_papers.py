"""Official papers of a contest: in both languages, saying whose figures they use."""

from __future__ import annotations

import pytest

from ashar.calls import actions
from ashar.calls.papers import call_notice, commission_protocol, submission_receipt
from ashar.cases.actions import make_move
from ashar.documents.core import Heading, Table
from ashar.documents.models import Document
from tests.calls import contest

pytestmark = pytest.mark.django_db


def words(paper):
    return repr(paper)


def headings(paper):
    return [block.text for block in paper.blocks if isinstance(block, Heading)]


@pytest.mark.usefixtures("_no_papers")
def test_the_notice_numbers_its_items_as_real_notices_do(world):
    call = contest.announced(world)
    papers = call_notice(call.case, None)
    assert sorted(papers) == ["ky", "ru"]
    assert headings(papers["ru"])[:6] == [
        "1. Дата объявления",
        "2. Заказчик",
        "3. Программа и её годы",
        "4. Цель проекта",
        "5. Задачи проекта",
        "6. Описание проблемы",
    ]
    assert headings(papers["ky"])[3] == "4. Долбоордун максаты"
    assert papers["ru"].whose_figures == "Показатели для обучения, не закон"
    for text in ("goal ru", "500\xa0000,00", "Бурул (независимый)"):
        assert text in words(papers["ru"]).replace("\\xa0", "\xa0")


@pytest.mark.usefixtures("_no_papers")
def test_the_protocol_names_interests_scores_reasons_and_places(world):
    call, first, second = contest.in_scoring(world)
    contest.scored(world, call, {first: 9, second: 6})
    actions.disclose(
        second, member=world.bakyt.person, has_interest=True, reason="тууган", by=world.bakyt
    )
    decision = make_move(call.case, "decide", by=world.begimai)
    paper = commission_protocol(call.case, decision)["ru"]
    text = words(paper)
    assert "Бакыт не оценивает предложение участника" in text
    assert "тууган" in text
    assert "begimai: 9; bolot: 9" in text
    ranking = [block for block in paper.blocks if isinstance(block, Table)][-1]
    assert [(row[0], row[1], row[4]) for row in ranking.rows] == [
        ("1", "Общественный фонд «Булак»", "900"),
        ("2", "Общественное объединение «Мээрим»", "600"),
    ]


def test_the_receipt_is_made_once_and_tells_nothing_of_the_content(world):
    call = contest.announced(world)
    proposal = contest.handed_in(world, call, "chinara", "bulak")
    paper = submission_receipt(proposal.case, None)["ky"]
    assert contest.TYPED["title"] not in words(paper)
    assert proposal.counted.sha256 in words(paper)
    made = actions.make_receipt(proposal, by=world.chinara)
    assert {(one.language, one.media_type.split("/")[0]) for one in made} == {
        ("ky", "application"),
        ("ru", "application"),
    }
    assert actions.make_receipt(proposal, by=world.chinara) == made
    assert Document.objects.filter(kind="submission_receipt").count() == 4
    assert {one.visibility for one in made} == {"parties"}
    assert Document.objects.filter(kind="call_notice", visibility="public").count() == 4
