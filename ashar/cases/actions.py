"""Writes of the spine. `make_move` is the one door through which a stage changes."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from ashar.cases.core import is_decisive, plain
from ashar.cases.models import Case, CaseDocument, CaseParty, Decision
from ashar.cases.queries import (
    due_moment,
    facts_for,
    law,
    procedure_of,
    roles_of,
)
from ashar.documents.models import Document
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.kernel.text import search_key
from ashar.parties.models import Account, Mandate, Organisation
from ashar.places.models import Territory
from ashar.procedures import engine
from ashar.procedures.engine import Outcome
from ashar.procedures.model import Move, Procedure
from ashar.procedures.reasons import Reason, Refusal, Refused
from ashar.procedures.registry import registry

logger = logging.getLogger(__name__)

CLOCK = "clock"
PROFILE_ORDER = ("demonstration", "donor", "local")


class MovedMeanwhile(Exception):
    """Somebody else moved the case between the reading of the page and the click."""


@dataclass(frozen=True)
class Opening:
    """How a case is to begin: by which procedure and track, where, under what, with whom."""

    procedure: str
    track: str
    territory: Territory
    title_ky: str = ""
    title_ru: str = ""
    parent: Case | None = None
    parties: Mapping[str, Organisation] = field(default_factory=dict)
    edition: str | None = None


@deed
def open_case(opening: Opening, *, by: Account | None, now: datetime | None = None) -> Case:
    """Open a case under the edition in force today and the profile of its place.

    A child that runs by its parent's procedure keeps the parent's edition, profile and
    figures. Who stands in the parent stands in the child too; `parties` add to them.
    """
    moment = now or timezone.now()
    parent = opening.parent
    if parent is not None and parent.procedure == opening.procedure and not opening.edition:
        edition, profile, figures = parent.edition, parent.profile, parent.figures
        sha256 = parent.sha256
    else:
        procedure, profile = _procedure_and_profile(opening, moment)
        edition, sha256 = procedure.edition.isoformat(), procedure.sha256
        figures = procedure.frozen_figures()
    track = law().procedure(opening.procedure, edition).tracks[opening.track]
    case = Case(
        procedure=opening.procedure,
        edition=edition,
        sha256=sha256,
        profile=profile,
        figures=figures,
        track=opening.track,
        stage=track.starts,
        since=moment,
        opened_at=moment,
        territory=opening.territory,
        parent=parent,
        title_ky=opening.title_ky[:300],
        title_ru=opening.title_ru[:300],
        search_key=search_key(f"{opening.title_ky} {opening.title_ru}")[:600],
    )
    case.path = f"{parent.path if parent else '/'}{case.ref}/"
    case.save()
    _stand(case, opening)
    journal.write(
        "case_opened",
        subject=f"case:{case.ref}",
        case_ref=case.ref,
        by=by,
        data={"procedure": case.procedure, "edition": edition, "track": case.track},
    )
    return case


def _procedure_and_profile(opening: Opening, moment: datetime) -> tuple[Procedure, str]:
    """Find the edition (in force today unless named) and the profiles that set its figures.

    What the community set itself comes last, over a donor's figures and those of training.
    """
    procedure = law().procedure(opening.procedure, opening.edition, on=timezone.localdate(moment))
    codes = {opening.territory.code, *opening.territory.ancestor_codes}
    profiles = [
        profile
        for profile in law().profiles.values()
        if codes & set(profile.territories) and profile.figures_for(procedure)
    ]
    profiles.sort(key=lambda profile: PROFILE_ORDER.index(profile.kind))
    for profile in profiles:
        procedure = procedure.with_profile(profile)
    return procedure, "+".join(profile.key for profile in profiles)


def _stand(case: Case, opening: Opening) -> None:
    """Write who stands in the case as whom, starting from the parent's."""
    standing = {}
    if case.parent is not None:
        for party in case.parent.parties.all():
            standing[party.actor, party.organisation_id] = party.organisation
    for actor, organisation in opening.parties.items():
        standing[actor, organisation.pk] = organisation
    CaseParty.objects.bulk_create(
        CaseParty(case=case, actor=actor, organisation=organisation)
        for (actor, _), organisation in standing.items()
    )


def add_party(case: Case, *, actor: str, organisation: Organisation, by: Account | None) -> None:
    """Let the organisation stand in the case as the actor from now on."""
    CaseParty.objects.get_or_create(case=case, actor=actor, organisation=organisation)
    journal.write(
        "party_added",
        subject=f"case:{case.ref}",
        case_ref=case.ref,
        by=by,
        data={"actor": actor, "organisation": organisation.ref},
    )


def retitle_case(case: Case, *, title_ky: str, title_ru: str) -> None:
    """Write the case's title anew, with the key by which it is found."""
    Case.objects.filter(pk=case.pk).update(
        title_ky=title_ky[:300],
        title_ru=title_ru[:300],
        search_key=search_key(f"{title_ky} {title_ru}")[:600],
    )


def hold_stage(case: Case, *stages: str) -> bool:
    """Hold the case at one of these stages until the transaction ends; False if it stands elsewhere.

    The row is written without change, so that nobody moves the case between this look and
    the writes that follow, on either database.
    """
    rows = Case.objects.filter(pk=case.pk, stage__in=stages)
    return bool(rows.hold())


@deed
def make_move(
    case: Case,
    move: str,
    *,
    by: Account | None,
    answers: Mapping[str, object] | None = None,
    version: int | None = None,
    now: datetime | None = None,
) -> Decision:
    """Make a move of the procedure: the only way in which a case changes its stage.

    `by` is the person who decides; None means the clock (or a consequence of another
    decision). In one transaction: ask the engine, change the stage if nobody did so
    meanwhile, write the decision, carry out its effects, write the journal.

    Raises Refused with every reason and its article; MovedMeanwhile when the case is no
    longer as the reader saw it (`version`), so that a second click does nothing twice.
    """
    moment = now or timezone.now()
    if journal.clock_was_set_back():
        raise Refused((Refusal(Reason("clock_set_back"), None),))
    # Held before the facts are read, from above to below: what they say of this case and of
    # the one it belongs to (is the agreement still running?) still holds when the stage changes.
    if case.parent_id is not None:
        Case.objects.filter(pk=case.parent_id).hold()
    Case.objects.filter(pk=case.pk).hold()
    fresh = Case.objects.select_related("territory", "parent").get(pk=case.pk)
    if version is not None and fresh.version != version:
        raise MovedMeanwhile
    roles = roles_of(fresh, by) if by is not None else {}
    outcome, chosen, facts = _ask_engine(fresh, move, by, roles, answers, moment)
    decision = _enter(fresh, chosen, outcome, moment)
    _write_decision(decision, by=by, roles=roles, chosen=chosen, answers=answers, facts=facts)
    for clause in outcome.effects:
        registry.effects[clause.name](fresh, decision, clause.argument)
    _reset_clock(fresh)
    if is_decisive(procedure_of(fresh).tracks[fresh.track].subject, move):
        journal.publish_at_once(f"{fresh.ref} {move}")
    case.refresh_from_db()
    return decision


def _ask_engine(
    case: Case,
    move: str,
    by: Account | None,
    roles: Mapping[str, Mandate],
    answers: Mapping[str, object] | None,
    moment: datetime,
) -> tuple[Outcome, Move, dict[str, object]]:
    """Gather the facts of this move and let the engine decide; raises Refused."""
    track = procedure_of(case).tracks[case.track]
    chosen = track.stages[case.stage].moves.get(move)
    asked = [chosen] if chosen else []
    facts = facts_for(case, asked, answers=answers, roles=roles, now=moment)
    held = frozenset(roles) if by is not None else frozenset({CLOCK})
    if chosen is not None and held & set(chosen.by):
        _require_answers(chosen, answers or {})
    outcome = engine.make(track, case.stage, facts, held, move, registry.guards)
    if chosen is None:
        raise MovedMeanwhile
    return outcome, chosen, facts


def _require_answers(chosen: Move, answers: Mapping[str, object]) -> None:
    """Refuse a move whose questions were left unanswered; raises Refused."""
    missing = [
        question
        for question in chosen.asks
        if question.kind != "yes_no" and answers.get(question.key) in (None, "")
    ]
    if missing:
        raise Refused(
            tuple(
                Refusal(Reason("answer_missing", question=question.title), chosen.cite)
                for question in missing
            )
        )


def _enter(case: Case, chosen: Move, outcome: Outcome, moment: datetime) -> Decision:
    """Change the stage on condition that nobody else did; return the decision, unwritten."""
    stage = procedure_of(case).tracks[case.track].stages[outcome.entered]
    changed = Case.objects.filter(pk=case.pk, stage=outcome.left, version=case.version).update(
        stage=outcome.entered,
        since=moment if outcome.entered != outcome.left else case.since,
        version=case.version + 1,
        closed_at=moment if stage.is_final else None,
    )
    if not changed:
        raise MovedMeanwhile
    case.refresh_from_db()
    return Decision(
        case=case,
        move=chosen.name,
        from_stage=outcome.left,
        to_stage=outcome.entered,
        at=moment,
        version=case.version,
    )


def _write_decision(
    decision: Decision,
    *,
    by: Account | None,
    roles: Mapping[str, Mandate],
    chosen: Move,
    answers: Mapping[str, object] | None,
    facts: Mapping[str, object],
) -> None:
    """Write who decided, as whom, by which mandate, on which facts, under which article."""
    actor = next((name for name in chosen.by if name in roles), CLOCK)
    mandate = roles.get(actor)
    decision.actor = actor
    decision.made_by = by
    decision.mandate = f"{mandate.organisation.ref} {mandate.role} {mandate.act}" if mandate else ""
    decision.cite = f"{chosen.cite.act}|{chosen.cite.article}" if chosen.cite else ""
    decision.answers = plain(answers or {})
    known = {k: v for k, v in facts.items() if k not in {"answers", "figures", "now", "person"}}
    decision.facts = plain(known)
    decision.save()
    journal.write(
        f"move:{decision.move}",
        subject=f"case:{decision.case.ref}",
        case_ref=decision.case.ref,
        by=by,
        data={
            "from": decision.from_stage,
            "to": decision.to_stage,
            "as": actor,
            "cite": decision.cite,
            "answers": _without_words(chosen, decision.answers),
        },
    )


def _without_words(chosen: Move, answers: Mapping[str, object]) -> dict[str, object]:
    """Leave out what was typed as sentences: they may name people, and the journal never forgets.

    The decision keeps them; its digest stands in the same entry.
    """
    sentences = {question.key for question in chosen.asks if question.kind == "text"}
    return {key: value for key, value in answers.items() if key not in sentences}


def _reset_clock(case: Case) -> None:
    """Write when the present stage runs out, after the effects have set what it depends on."""
    due = None if case.is_closed else due_moment(case)
    if due != case.due_at:
        Case.objects.filter(pk=case.pk).update(due_at=due)


def refresh_deadline(case: Case) -> None:
    """Work out anew when the case's present stage runs out (a deadline is derived)."""
    fresh = Case.objects.get(pk=case.pk)
    _reset_clock(fresh)


def tick(now: datetime | None = None) -> int:
    """Let the clock make every move whose time has come; return how many it made.

    A move that is refused (an open complaint, say) stays due and is tried at the next tick;
    neither it nor one that fails holds up the others. A stage whose moment has come already is
    left in the same tick: the clock passes again as long as it moved something.
    """
    moment = now or timezone.now()
    made = passed = _pass(moment)
    while passed:
        passed = _pass(moment)
        made += passed
    return made


def _pass(moment: datetime) -> int:
    """Look once through what is due; return how many moves were made."""
    made = 0
    for case in Case.objects.overdue(moment).order_by("due_at"):
        clock = procedure_of(case).tracks[case.track].stages[case.stage].clock
        if clock is None:
            continue
        try:
            make_move(case, clock.then_move, by=None, version=case.version, now=moment)
        except (Refused, MovedMeanwhile):
            continue
        except Exception:
            logger.exception("The clock could not move the case %s", case.ref)
            continue
        made += 1
    return made


@deed
def file_documents(
    case: Case, documents: Iterable[Document], *, kind: str, by: Account | None
) -> None:
    """File the documents on the case as papers of the kind that the procedure names.

    The same upload of the same person is filed once, however often the button was pressed.
    """
    filed = [one for one in documents if one.is_generated or not _is_filed(case, one, kind)]
    CaseDocument.objects.bulk_create(
        CaseDocument(case=case, document=document, kind=kind) for document in filed
    )
    for document in filed:
        journal.write(
            "document_filed",
            subject=f"document:{document.ref}",
            case_ref=case.ref,
            by=by,
            data={"kind": kind, "sha256": document.sha256},
        )


def _is_filed(case: Case, document: Document, kind: str) -> bool:
    return CaseDocument.objects.filter(
        case=case,
        kind=kind,
        withdrawn_at__isnull=True,
        document__sha256=document.sha256,
        document__created_by=document.created_by_id,
    ).exists()


@deed
def withdraw_document(filing: CaseDocument, *, by: Account) -> None:
    """Take a paper off the case; the file and the journal keep that it was there."""
    changed = CaseDocument.objects.filter(pk=filing.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    if changed:
        journal.write(
            "document_withdrawn",
            subject=f"document:{filing.document.ref}",
            case_ref=filing.case.ref,
            by=by,
            data={"kind": filing.kind},
        )


@deed
def publish_case(case: Case) -> None:
    """Let everybody read the case's page and its papers made here; drafts stay with the parties."""
    Case.objects.filter(pk=case.pk).update(is_public=True)
    case.is_public = True
    Document.objects.filter(filings__case=case, made_from__isnull=False).update(visibility="public")


@deed
def record_past_case(
    opening: Opening, *, stage: str, source: str, period: str, now: datetime | None = None
) -> Case:
    """Enter a case that was run before this system, at the stage in which its source leaves it.

    The one decision written says so and cites the source; no date is made up.
    """
    moment = now or timezone.now()
    case = open_case(opening, by=None, now=moment)
    final = procedure_of(case).tracks[case.track].stages[stage].is_final
    Case.objects.filter(pk=case.pk).update(
        stage=stage,
        source=source,
        period=period,
        is_public=True,
        version=case.version + 1,
        closed_at=moment if final else None,
    )
    case.refresh_from_db()
    Decision(
        case=case,
        move="recorded_from_source",
        to_stage=stage,
        actor=CLOCK,
        at=moment,
        cite=source[:200],
        version=case.version,
    ).save()
    journal.write(
        "past_case_recorded",
        subject=f"case:{case.ref}",
        case_ref=case.ref,
        by=None,
        data={"source": source, "stage": stage},
    )
    return case
