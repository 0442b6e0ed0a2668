"""Reads of the spine: the law that runs a case, who may do what in it, and its panel."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ashar.cases.core import CasePanel, HistoryRow, MoveOffer, StageStep, paper_rules, snake
from ashar.cases.models import Case, CaseDocument, CaseParty, CaseQuerySet, Decision
from ashar.documents.core import Letterhead
from ashar.parties.access import mandates_of, type_user
from ashar.parties.models import Mandate, Organisation
from ashar.procedures import engine
from ashar.procedures.library import Library
from ashar.procedures.model import Citation, Move, Procedure, Stage, Track
from ashar.procedures.reasons import Refusal
from ashar.procedures.registry import registry


@cache
def law() -> Library:
    """Return the law files of this installation, read once at start."""
    return Library(Path(settings.LAW_DIR))


def language() -> str:
    """Return the reader's language as the law files name it: ky, ru or en."""
    return (get_language() or "ky")[:2]


@cache
def _edition(key: str, edition: str) -> Procedure:
    return law().procedure(key, edition)


@lru_cache(maxsize=256)
def _with_figures(key: str, edition: str, figures: str) -> Procedure:
    """Keep procedures by their frozen figures: many cases share the same ones."""
    return _edition(key, edition).with_figures(json.loads(figures))


def procedure_of(case: Case) -> Procedure:
    """Return the edition under which the case began, with the figures frozen on it."""
    figures = json.dumps(case.figures, sort_keys=True)
    return _with_figures(case.procedure, case.edition, figures)


def track_of(case: Case) -> Track:
    """Return the track on which the case runs."""
    return _edition(case.procedure, case.edition).tracks[case.track]


def stage_of(case: Case) -> Stage:
    """Return the stage at which the case stands."""
    return track_of(case).stages[case.stage]


def subject_of(case: Case) -> Any:
    """Return what the case is about: its study, call, proposal, agreement and so on."""
    return getattr(case, snake(track_of(case).subject))


def roles_of(case: Case, user: type_user) -> dict[str, Mandate]:
    """Return the actors as whom the person stands in the case, each with its mandate."""
    actors = _edition(case.procedure, case.edition).actors
    held: dict[str, Mandate] = {}
    mandates = mandates_of(user)
    if not mandates:
        return held
    for party in case.parties.all():
        actor = actors.get(party.actor)
        for mandate in mandates:
            if (
                actor is not None
                and mandate.organisation_id == party.organisation_id
                and mandate.role in actor.mandates
            ):
                held.setdefault(party.actor, mandate)
    return held


def facts_for(
    case: Case,
    moves: Iterable[Move],
    *,
    answers: Mapping[str, object] | None = None,
    roles: Mapping[str, Mandate] | None = None,
    now: datetime | None = None,
) -> dict[str, object]:
    """Gather what the guards of the moves need to know; each fact is read once.

    `roles` are those of the person who decides; the clock, which is nobody, has none.
    """
    moment = now or timezone.now()
    needed: set[str] = set()
    for move in moves:
        needed |= engine.needed_facts(move, registry.guards)
    facts: dict[str, object] = {
        "answers": dict(answers or {}),
        "now": moment,
        "person": next((one.person_id for one in (roles or {}).values()), 0),
        "today": timezone.localdate(moment),
        "figures": procedure_of(case).numbers,
    }
    for name in needed - facts.keys():
        facts[name] = registry.facts[name](case)
    return facts


def due_moment(case: Case) -> datetime | None:
    """Return when the clock of the present stage runs out; None when unlimited or unknown."""
    stage = procedure_of(case).tracks[case.track].stages[case.stage]
    clock = stage.clock
    moments: dict[str, datetime | None] = {}
    if clock is not None and clock.until is not None:
        moments[clock.until] = registry.moments[clock.until](case)
    return engine.due_on(stage, timezone.localtime(case.since), moments, law().calendar)


def ancestors_of(case: Case) -> list[Case]:
    """Return the cases above this one, the root first."""
    refs = [ref for ref in case.path.split("/") if ref and ref != case.ref]
    found = {above.ref: above for above in Case.objects.filter(ref__in=refs)}
    return [found[ref] for ref in refs if ref in found]


def as_actor(user: type_user) -> Q:
    """Return the condition on parties by which the person stands in a case as some actor.

    A party alone is not enough: the procedure must know the actor, and the person's mandate
    must be one that the actor demands.
    """
    mandates = mandates_of(user)
    condition = Q(pk__in=[])
    for key in law():
        for edition in law().editions(key):
            for actor in law().procedure(key, edition).actors.values():
                bodies = [m.organisation_id for m in mandates if m.role in actor.mandates]
                if bodies:
                    condition |= Q(
                        case__procedure=key,
                        case__edition=edition.isoformat(),
                        actor=actor.key,
                        organisation_id__in=bodies,
                    )
    return condition


def standing_for(user: type_user) -> CaseQuerySet:
    """Return the cases in which the person stands as some actor."""
    standing = CaseParty.objects.filter(as_actor(user)).values("case_id")
    return Case.objects.filter(pk__in=standing)


def whose_figures(procedure: Procedure, tongue: str) -> str:
    """Return whose the figures are that no act sets, or an empty text when all are law."""
    named = [n.whose.say(tongue) for n in procedure.numbers.values() if n.whose is not None]
    return "; ".join(dict.fromkeys(named))


def move_offers(case: Case, roles: Mapping[str, Mandate]) -> tuple[MoveOffer, ...]:
    """Return the moves the person may see here, each with the reasons against it."""
    if not roles or case.is_archived:
        return ()
    procedure = procedure_of(case)
    track = procedure.tracks[case.track]
    moves = [
        m for m in track.stages[case.stage].moves.values() if set(m.by) & (set(roles) - {"clock"})
    ]
    # A move's own answers are asked on its page, so here they are left out of account.
    facts = facts_for(case, moves, roles=roles)
    offers = engine.options(track, case.stage, facts, frozenset(roles), registry.guards)
    tongue = language()
    return tuple(
        MoveOffer(
            key=offer.move.name,
            title=offer.move.title.say(tongue),
            url=reverse("cases:move", args=(case.ref, offer.move.name)),
            refusals=said_refusals(offer.move, offer.refusals, tongue),
            cite=offer.move.cite.say(law(), tongue) if offer.move.cite else "",
        )
        for offer in offers
    )


def said_refusals(move: Move, refusals: Iterable[Refusal], tongue: str) -> tuple[str, ...]:
    """Return the reasons against a move in words.

    The article on which the move itself rests is shown once beside the move, not after each.
    """
    return tuple(
        f"{law().say_reason(one.reason, tongue)}."
        if one.cite == move.cite
        else law().say_refusal(one, tongue)
        for one in refusals
    )


def _steps(track: Track, case: Case, tongue: str) -> tuple[StageStep, ...]:
    """Return the stages for the ribbon: those passed, the present one, and the straight rest.

    A stage never entered is left out where it lies behind, or only on a side way.
    """
    visited = {case.stage, *(d.from_stage for d in case.decisions.all() if d.from_stage)}
    names = list(track.stages)
    ahead = names[names.index(case.stage) :]
    shown = visited | {name for name in ahead if not _is_side_way(track, name)}
    return tuple(
        StageStep(
            key=stage.name,
            title=stage.title.say(tongue),
            is_present=stage.name == case.stage,
            is_passed=stage.name in visited and stage.name != case.stage,
        )
        for stage in track.stages.values()
        if stage.name in shown and (not stage.is_final or stage.name == case.stage)
    )


def _is_side_way(track: Track, name: str) -> bool:
    """Say whether every other stage can be reached without this one, as without a suspension."""
    reached, waiting = {name}, [track.starts]
    while waiting:
        stage = waiting.pop()
        if stage not in reached:
            reached.add(stage)
            waiting.extend(move.to for move in track.stages[stage].moves.values())
    return name != track.starts and len(reached) == len(track.stages)


def panel(case: Case, user: type_user) -> CasePanel:
    """Return all that the common parts of the case's page show to this reader."""
    tongue = language()
    procedure = procedure_of(case)
    track = procedure.tracks[case.track]
    stage = track.stages[case.stage]
    roles = roles_of(case, user)
    is_party = bool(roles)
    return CasePanel(
        case=case,
        procedure_title=procedure.title.say(tongue),
        stage_title=stage.title.say(tongue),
        stage_note=stage.note.say(tongue) if stage.note else "",
        steps=_steps(track, case, tongue),
        offers=move_offers(case, roles),
        roles=frozenset(roles),
        whose_figures=whose_figures(procedure, tongue),
        unknown_figures=tuple(
            n.title.say(tongue) for n in procedure.numbers.values() if n.is_unknown
        ),
        # A link that would answer "not found" is no link.
        ancestors=tuple(
            above for above in ancestors_of(case) if above.is_public or roles_of(above, user)
        ),
        papers=tuple(papers_of(case, is_party=is_party)),
        history=_history(case, procedure, tongue, is_party=is_party),
        parties=_parties_of(case, procedure, tongue),
    )


def _history(
    case: Case, procedure: Procedure, tongue: str, *, is_party: bool
) -> tuple[HistoryRow, ...]:
    """Return the decisions newest first; persons are named only to those who stand in it."""
    track = procedure.tracks[case.track]
    titles = {m.name: m.title.say(tongue) for s in track.stages.values() for m in s.moves.values()}
    rows = []
    for decision in case.decisions.all():
        actor = procedure.actors.get(decision.actor)
        rows.append(
            HistoryRow(
                at=decision.at,
                title=titles.get(decision.move, _("Entered from its source")),
                to_title=track.stages[decision.to_stage].title.say(tongue),
                actor=actor.title.say(tongue) if actor else "",
                person=str(decision.made_by or "") if is_party else "",
                cite=say_cite(decision.cite, tongue),
                answers=answers_in_words(decision.answers, procedure, tongue),
            )
        )
    return tuple(reversed(rows))


def answers_in_words(
    answers: Mapping[str, object], procedure: Procedure, tongue: str
) -> tuple[tuple[str, str], ...]:
    """Return what was answered to the questions of a move, each with its question."""
    return tuple(
        (procedure.asks[key].title.say(tongue), str(value))
        for key, value in answers.items()
        if key in procedure.asks
    )


def say_cite(kept: str, tongue: str) -> str:
    """Return a citation as kept on a decision ("act|article") in the reader's language."""
    act, _bar, article = kept.partition("|")
    return Citation(act, article).say(law(), tongue) if act in law().acts else kept


def _parties_of(case: Case, procedure: Procedure, tongue: str) -> tuple[tuple[str, Any], ...]:
    return tuple(
        (procedure.actors[party.actor].title.say(tongue), party.organisation)
        for party in case.parties.all()
        if party.actor in procedure.actors
    )


def papers_of(case: Case, *, is_party: bool) -> QuerySet[CaseDocument]:
    """Return the papers of the case that this reader may see, oldest first."""
    papers = CaseDocument.objects.filter(case=case, withdrawn_at__isnull=True)
    if not is_party:
        papers = papers.filter(document__visibility="public")
    return papers.select_related("document").order_by("pk")


def may_change_papers(case: Case, roles: Iterable[str]) -> bool:
    """Say whether these actors may still add papers to the case and take off their own."""
    held = frozenset(roles)
    rule = paper_rules.get(track_of(case).subject)
    return bool(held) and not case.is_closed and (rule is None or rule(case, held))


def case_queryset() -> QuerySet[Case]:
    """Return cases with what every page of a case needs, in a fixed number of queries."""
    return Case.objects.select_related("territory", "territory__parent").prefetch_related(
        Prefetch("parties", CaseParty.objects.select_related("organisation")),
        Prefetch("decisions", Decision.objects.select_related("made_by__person")),
    )


def party_of(case: Case, *actors: str) -> Organisation | None:
    """Return the organisation that stands in the case as the first of the actors present."""
    standing = {party.actor: party.organisation for party in case.parties.all()}
    return next((standing[actor] for actor in actors if actor in standing), None)


def paper_frame(case: Case, tongue: str) -> dict[str, Any]:
    """Return what every paper of the case carries: who issues it, its case, whose figures.

    Meant to be given to `Paper(**paper_frame(case, "ky"), title=..., blocks=...)`.
    """
    issuer = party_of(case, "customer", "municipality")
    return {
        "language": tongue,
        "letterhead": Letterhead(ky=(issuer.name_ky,), ru=(issuer.name_ru,)) if issuer else None,
        "case_ref": case.ref,
        "day": timezone.localdate(),
        "place": case.territory.title_in(tongue).text,
        "whose_figures": whose_figures(procedure_of(case), tongue),
    }
