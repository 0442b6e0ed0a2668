"""Writes of the final evaluation: what people said before and after, and the judgement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from ashar.agreements.actions.saving import claim, note
from ashar.agreements.models import Agreement, Evaluation, SurveyResult
from ashar.cases.actions import Opening, open_case
from ashar.journal.actions import deed
from ashar.parties.models import Account

DRAFT = "draft"


@dataclass(frozen=True)
class SurveyRow:
    """One question of the survey in one round: how many were asked, how many are satisfied."""

    round: str
    question_ky: str
    asked: int
    satisfied: int
    question_ru: str = ""


@dataclass(frozen=True)
class Judgement:
    """What worked, what did not, and what is advised."""

    strengths: str = ""
    weaknesses: str = ""
    advice: str = ""


@deed
def open_evaluation(agreement: Agreement, *, by: Account | None) -> Evaluation:
    """Begin the evaluation of an agreement, or return the one already begun."""
    begun = agreement.evaluations.filter(case__stage=DRAFT).first()
    if begun is not None:
        return begun
    parent = agreement.case
    titles = {}
    for tongue in ("ky", "ru"):
        with override(tongue):
            name = (parent.title_ru if tongue == "ru" else "") or parent.title_ky
            titles[f"title_{tongue}"] = _("Evaluation: %(name)s") % {"name": name}
    case = open_case(
        Opening(
            procedure=parent.procedure,
            track="evaluation",
            territory=parent.territory,
            parent=parent,
            title_ky=titles["title_ky"],
            title_ru=titles["title_ru"],
        ),
        by=by,
    )
    return Evaluation.objects.create(case=case, agreement=agreement)


@deed
def write_evaluation(
    evaluation: Evaluation,
    judgement: Judgement,
    *,
    survey: Sequence[SurveyRow],
    by: Account | None,
    version: int | None = None,
) -> None:
    """Save the judgement and the survey. Raises ChangedMeanwhile, NotNow."""
    claim(evaluation, version, DRAFT)
    Evaluation.objects.filter(pk=evaluation.pk).update(**vars(judgement))
    SurveyResult.objects.filter(evaluation=evaluation).delete()
    SurveyResult.objects.bulk_create(
        SurveyResult(evaluation=evaluation, **vars(row)) for row in survey
    )
    note("evaluation_saved", evaluation.case, by, questions=len(survey))
