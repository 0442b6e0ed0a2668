"""The papers say in both languages what the records say, and whose figures they rest on."""

from __future__ import annotations

from ashar.documents.core import KeyValues, Table
from ashar.needs.papers import PAPERS


def paper_of(case, kind, move):
    return PAPERS[kind](case, case.decisions.get(move=move))


def words(paper):
    lines = [paper.title, paper.whose_figures]
    for block in paper.blocks:
        if isinstance(block, Table):
            lines += [str(cell) for row in (*block.rows, block.totals) for cell in row]
        elif isinstance(block, KeyValues):
            lines += [str(value) for _name, value in block.rows]
        else:
            lines += [str(getattr(block, "text", "")), *getattr(block, "items", ())]
    return lines


def test_the_notice_says_what_will_be_decided_and_by_which_quorum(announced):
    papers = paper_of(announced.case, "gathering_notice", "announce")
    assert papers["ky"].title == "Жарандардын жыйыны жөнүндө кулактандыруу"
    assert papers["ru"].title == "Объявление о сходе граждан"
    ru = words(papers["ru"])
    assert [line for line in ru if line in {"Обсуждение нужд", "Детский сад", "Чистая вода"}] == [
        "Обсуждение нужд",
        "Детский сад",
        "Чистая вода",
    ]
    assert any(line.startswith("50 — ") for line in ru)


def test_the_minutes_count_people_and_votes(decided):
    ru = paper_of(decided.case, "gathering_protocol", "decide")["ru"]
    attendance, votes = [block for block in ru.blocks if isinstance(block, Table)]
    assert attendance.totals == ("Всего", 60)
    assert votes.rows == (
        (1, "Детский сад", 31, 20, 9, "поддержано"),
        (2, "Чистая вода", 30, 30, 0, "не поддержано"),
    )
    assert "Кворум есть: пришло 60 чел., нужно 50." in words(ru)


def test_the_summary_has_every_need_with_its_outcome(concluded):
    ky = paper_of(concluded.case, "study_summary", "conclude")["ky"]
    ranking, outcomes = [b for b in ky.blocks if isinstance(b, Table)][2::2]
    assert ranking.rows == (("1", "Бала бакча", "75,0", 90), ("2", "Таза суу", "25,0", 30))
    assert [row[0] for row in outcomes.rows] == ["Бала бакча", "Таза суу"]


def test_nobody_guesses_a_figure(world, announced):
    announced.case.figures["gathering_quorum"] = {"value": "unknown", "status": "unknown"}
    announced.case.save()
    ru = words(paper_of(announced.case, "gathering_notice", "announce")["ru"])
    assert "неизвестно: закон и устав не прочитаны" in ru
