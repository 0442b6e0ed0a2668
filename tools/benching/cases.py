"""Cases in bulk, with the edition, figures, parties and decisions that real ones have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from typing import Any

from django.utils import timezone

from ashar.cases.models import Case, CaseParty, Decision
from ashar.cases.queries import law
from ashar.kernel.text import search_key
from ashar.parties.models import Account, Organisation
from ashar.places.models import Territory
from tools.benching.people import BATCH

_numbers = count(1)


@dataclass(frozen=True)
class Plan:
    """What a case is to be: its track, stage, place, name and how long ago it began."""

    procedure: str
    track: str
    stage: str
    territory: Territory
    title: str
    days_ago: int = 60
    is_public: bool = True


@cache
def _frozen(procedure: str) -> dict[str, Any]:
    """Return the edition of today with the figures of training, as an opening freezes them."""
    found = law().procedure(procedure, on=timezone.localdate())
    for key in ("demonstration", "model_charter"):
        profile = law().profiles.get(key)
        if profile is not None and profile.figures_for(found):
            found = found.with_profile(profile)
    return {
        "procedure": procedure,
        "edition": found.edition.isoformat(),
        "sha256": found.sha256,
        "figures": found.frozen_figures(),
    }


def _is_final(plan: Plan) -> bool:
    found = law().procedure(plan.procedure, on=timezone.localdate())
    return found.tracks[plan.track].stages[plan.stage].is_final


def _case(plan: Plan, parent: Case | None, now: datetime) -> Case:
    began = now - timedelta(days=plan.days_ago)
    ref = f"BN{next(_numbers):08}"
    return Case(
        ref=ref,
        profile="demonstration",
        track=plan.track,
        stage=plan.stage,
        since=began,
        opened_at=began,
        closed_at=now if _is_final(plan) else None,
        territory=plan.territory,
        parent=parent,
        path=f"{parent.path if parent else '/'}{ref}/",
        is_public=plan.is_public,
        title_ky=plan.title,
        title_ru=plan.title,
        search_key=search_key(plan.title),
        **_frozen(plan.procedure),
    )


def make_cases(plans: Iterable[tuple[Plan, Case | None]]) -> list[Case]:
    """Write the cases, each below its parent."""
    now = timezone.now()
    rows = [_case(plan, parent, now) for plan, parent in plans]
    return Case.objects.bulk_create(rows, batch_size=BATCH)


def stand(rows: Iterable[tuple[Case, str, Organisation]]) -> None:
    """Let organisations stand in cases."""
    CaseParty.objects.bulk_create(
        (CaseParty(case=case, actor=actor, organisation=one) for case, actor, one in rows),
        batch_size=BATCH,
    )


def decide(cases: Iterable[Case], by: Account, *moves: tuple[str, str, str]) -> None:
    """Write the same decisions on every case: move, from, to."""
    rows = []
    for case in cases:
        for version, (move, left, entered) in enumerate(moves, start=2):
            rows.append(
                Decision(
                    case=case,
                    move=move,
                    from_stage=left,
                    to_stage=entered,
                    actor="customer",
                    made_by=by,
                    at=case.since,
                    version=version,
                )
            )
        case.version = 1 + len(moves)
    Decision.objects.bulk_create(rows, batch_size=BATCH)
    Case.objects.bulk_update(cases, ["version"], batch_size=BATCH)
