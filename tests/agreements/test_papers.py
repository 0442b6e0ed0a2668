"""Every paper comes out in Kyrgyz and Russian, as Word and PDF."""

from __future__ import annotations

import pytest

from ashar.cases.actions import make_move
from ashar.cases.models import CaseDocument
from tests.agreements import deal

pytestmark = pytest.mark.django_db


def kinds(case):
    papers = CaseDocument.objects.filter(case=case).exclude(kind="receipt")
    return sorted(
        (paper.kind, paper.document.language, paper.document.form, paper.document.visibility)
        for paper in papers.select_related("document")
    )


def both(kind, visibility="public"):
    return [(kind, tongue, form, visibility) for tongue in ("ky", "ru") for form in ("DOCX", "PDF")]


def test_the_agreement_and_its_changes(world):
    agreement = deal.signed(world)
    assert kinds(agreement.case) == both("agreement")
    make_move(agreement.case, "amend", by=world.aigul, answers={"change_text": "Бир\nЭки"})
    make_move(
        agreement.case,
        "terminate",
        by=world.aigul,
        answers={"reason": "токтоду", "refund_som": deal.SHARE},
    )
    assert kinds(agreement.case) == [*both("agreement"), *both("amendment"), *both("termination")]


def test_acceptance_visit_and_evaluation(world):
    agreement = deal.signed(world)
    report = deal.accepted(world, agreement)
    assert kinds(report.case) == both("acceptance_act")
    visit, _finding = deal.visited(world, agreement)
    make_move(visit.case, "record", by=world.aigul)
    assert kinds(visit.case) == both("visit_act")
    evaluation = deal.judged(world, agreement)
    make_move(
        evaluation.case, "change_service", by=world.aigul, answers={"conclusion_text": "өзгөртүү"}
    )
    assert kinds(evaluation.case) == both("evaluation")
    texts = CaseDocument.objects.filter(case=evaluation.case, document__language="ky")
    assert "Өзгөртүлөт" in str(texts.first().document.made_from)
