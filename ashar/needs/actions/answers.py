"""Writes of answers and needs: grouping under the catalogue, and what became of each need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F
from django.utils import timezone

from ashar.events.actions import ChangedMeanwhile
from ashar.journal.actions import deed
from ashar.needs.actions.studies import COLLECTING, NotNow, keep_stage, note
from ashar.needs.models import Answer, Need, NeedOutcome, NeedsStudy
from ashar.needs.queries import SESSIONS
from ashar.parties.models import Account


@dataclass(frozen=True)
class OutcomePlan:
    """What becomes of a need, why, and under which act."""

    kind: str
    reason_ky: str
    reason_ru: str = ""
    citation: str = ""


@deed
def add_need(
    study: NeedsStudy, *, topic: str, title_ky: str, title_ru: str = "", by: Account | None
) -> Need:
    """Enter a need under a topic of the catalogue, in the people's own words."""
    keep_stage(study.case, COLLECTING)
    need = Need.objects.create(
        study=study,
        topic=topic,
        title_ky=title_ky,
        title_ru=title_ru,
        search_key=Need.key_for(title_ky, title_ru),
    )
    note("need_added", study.case, by, {"need": need.ref, "topic": topic})
    return need


@deed
def group_answers(
    study: NeedsStudy, answers: Iterable[int], *, need: Need, by: Account | None
) -> int:
    """Put answers (by pk) under a need; return how many were not grouped meanwhile by another."""
    keep_stage(study.case, COLLECTING)
    if need.study_id != study.pk:
        raise NotNow
    grouped = Answer.objects.filter(
        pk__in=list(answers), event__case=study.case, event__kind__in=SESSIONS, need__isnull=True
    ).update(need=need)
    note("answers_grouped", study.case, by, {"need": need.ref, "answers": grouped})
    return grouped


@deed
def ungroup_answers(study: NeedsStudy, answers: Iterable[int], *, by: Account | None) -> int:
    """Take answers (by pk) out of their need again; return how many."""
    keep_stage(study.case, COLLECTING)
    freed = Answer.objects.filter(
        pk__in=list(answers), event__case=study.case, need__isnull=False
    ).update(need=None)
    note("answers_ungrouped", study.case, by, {"answers": freed})
    return freed


@deed
def remove_need(need: Need, *, by: Account | None) -> None:
    """Remove a need under which no answer stands; raises NotNow when there is one."""
    keep_stage(need.study.case, COLLECTING)
    if need.answers.exists() or need.votes.exists():
        raise NotNow
    note("need_removed", need.study.case, by, {"need": need.ref, "topic": need.topic})
    need.delete()


@deed
def set_outcome(
    need: Need, outcome: OutcomePlan, *, by: Account | None, version: int | None = None
) -> NeedOutcome:
    """Say what becomes of a ranked need; `version` 0 means that no outcome was seen yet.

    Raises NotNow unless the ranking is frozen and the study still open, ChangedMeanwhile when
    somebody else set it meanwhile.
    """
    keep_stage(need.study.case, "ranked")
    if not need.is_ranked:
        raise NotNow
    values = {
        "kind": outcome.kind,
        "reason_ky": outcome.reason_ky,
        "reason_ru": outcome.reason_ru,
        "citation": outcome.citation,
        "decided_at": timezone.now(),
    }
    rows = NeedOutcome.objects.filter(need=need)
    present = rows.values_list("version", flat=True).first() or 0
    if version is not None and present != version:
        raise ChangedMeanwhile
    if present:
        if not rows.filter(version=present).update(**values, version=F("version") + 1):
            raise ChangedMeanwhile
    else:
        NeedOutcome.objects.create(need=need, **values)
    note("need_outcome", need.study.case, by, {"need": need.ref, "outcome": outcome.kind})
    return rows.get()
