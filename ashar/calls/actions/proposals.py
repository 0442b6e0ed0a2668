"""An applicant starts, saves, hands in, replaces; then what came in is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ashar.calls.actions.admission import record_automatic_checks
from ashar.calls.core import Reading, tidy
from ashar.calls.models import (
    BudgetLine,
    Call,
    Proposal,
    ProposalActivity,
    ProposalResult,
    Submission,
    TeamMember,
)
from ashar.calls.queries.calls import is_receiving
from ashar.calls.queries.proposals import content_of, reading_of, requested_in
from ashar.calls.queries.words import said
from ashar.cases.actions import MovedMeanwhile, Opening, make_move, open_case
from ashar.cases.models import Case, CaseParty, Decision
from ashar.documents.core import digest
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.kernel.text import search_key
from ashar.parties.models import Account, Organisation
from ashar.procedures.engine import Refused
from ashar.seals.queries import last_envelope_of, sealing_of

BATCH = 500


class CallClosed(Exception):
    """The call does not accept proposals: nothing was written."""


class MayNotApply(Exception):
    """Who stands in the call as its customer or commission does not take part in it."""


class DraftChanged(Exception):
    """Somebody else saved the draft after this page was opened; `theirs` is what they saved."""

    def __init__(self, proposal: Proposal) -> None:
        super().__init__("the draft was saved by somebody else meanwhile")
        self.theirs: Mapping[str, object] = proposal.typed
        self.version = proposal.draft_version
        self.saved_by = str(proposal.typed_by or "")


@dataclass(frozen=True)
class SavedDraft:
    """The draft after saving: its new version, when, and what can be read of it."""

    version: int
    saved_at: datetime
    reading: Reading


@dataclass(frozen=True)
class HandedIn:
    """As which one, when and by whom a proposal was handed in."""

    number: int
    at: datetime
    by: Account


@deed
def start_proposal(call: Call, *, organisation: Organisation, by: Account | None) -> Proposal:
    """Start the organisation's proposal in the call, or return the one it has already.

    Nobody but the applicant stands in its case until the call closes. Raises CallClosed,
    MayNotApply.
    """
    existing = Proposal.objects.filter(call=call, applicant=organisation).first()
    if existing is not None:
        return existing
    if not is_receiving(call):
        raise CallClosed
    if call.case.parties.filter(organisation=organisation).exists():
        raise MayNotApply
    try:
        with deed():
            return _open_proposal(call, organisation, by)
    except IntegrityError:
        return Proposal.objects.get(call=call, applicant=organisation)


def _open_proposal(call: Call, organisation: Organisation, by: Account | None) -> Proposal:
    title = _("Proposal")
    opening = Opening(
        procedure=call.case.procedure,
        track="proposal",
        territory=call.case.territory,
        # Nothing of the content stands on the case while it is sealed.
        title_ky=said(title, "ky"),
        title_ru=said(title, "ru"),
        parent=call.case,
        parties={"applicant": organisation},
        edition=None,
    )
    case = open_case(opening, by=by)
    CaseParty.objects.filter(case=case).exclude(actor="applicant").delete()
    return Proposal.objects.create(
        case=case, call=call, applicant=organisation, typed=tidy({}), typed_at=timezone.now()
    )


@deed
def save_draft(
    proposal: Proposal,
    *,
    typed: Mapping[str, object],
    by: Account | None,
    version: int | None = None,
    now: datetime | None = None,
) -> SavedDraft:
    """Save the draft exactly as typed, wrong dates and sums included.

    `version` is the version the reader saw. Raises DraftChanged when somebody saved since,
    CallClosed when proposals are no longer accepted.
    """
    moment = now or timezone.now()
    fresh = Proposal.objects.select_related("case", "call__case").get(pk=proposal.pk)
    if fresh.case.stage not in {"draft", "submitted"} or not is_receiving(fresh.call, moment):
        raise CallClosed
    rows = Proposal.objects.filter(pk=proposal.pk)
    if version is not None:
        rows = rows.filter(draft_version=version)
    kept = tidy(typed)
    changed = rows.update(
        typed=kept, typed_at=moment, typed_by=by, draft_version=F("draft_version") + 1
    )
    if not changed:
        raise DraftChanged(Proposal.objects.select_related("typed_by__person").get(pk=proposal.pk))
    proposal.refresh_from_db(fields=["typed", "typed_at", "typed_by", "draft_version"])
    return SavedDraft(proposal.draft_version, moment, reading_of(proposal))


def keep_submission(case: Case, decision: Decision) -> Submission | None:
    """Keep the proposal as it is handed in; of a sealed one, which envelope counts."""
    proposal = Proposal.objects.select_related("call__case", "applicant").get(case=case)
    if decision.made_by is None:
        raise ValueError("a proposal is handed in by a person")
    if sealing_of(proposal.call.case) is not None:
        Proposal.objects.filter(pk=proposal.pk).update(sealed=last_envelope_of(case))
        return None
    reading = reading_of(proposal)
    return write_submission(
        proposal,
        reading,
        content_of(proposal, reading),
        HandedIn(proposal.submissions.count() + 1, decision.at, decision.made_by),
    )


def write_submission(
    proposal: Proposal, reading: Reading, content: Mapping[str, Any], handed_in: HandedIn
) -> Submission:
    """Write a submission: whole content, digest, number, moment.

    The columns and parts of the proposal become those of this submission.
    """
    case, applicant = proposal.case, proposal.applicant
    words = (reading.texts["title"], applicant.name_ky, applicant.name_ru, case.ref)
    submission = Submission.objects.create(
        proposal=proposal,
        number=handed_in.number,
        content=content,
        sha256=digest(content),
        title=reading.texts["title"],
        total=reading.total,
        requested=requested_in(reading),
        search_key=search_key(" ".join(words))[:900],
        submitted_at=handed_in.at,
        submitted_by=handed_in.by,
    )
    Proposal.objects.filter(pk=proposal.pk).update(counted=submission, **reading.texts)
    _write_parts(proposal, reading)
    journal.write(
        "proposal_handed_in",
        subject=f"case:{case.ref}",
        case_ref=case.ref,
        by=handed_in.by,
        data={"number": submission.number, "sha256": submission.sha256},
    )
    return submission


def _write_parts(proposal: Proposal, reading: Reading) -> None:
    """Write the rows of the submission, so that the rooms above may count with them."""
    parts: tuple[tuple[type[Any], tuple[Any, ...]], ...] = (
        (ProposalResult, reading.results),
        (ProposalActivity, reading.activities),
        (TeamMember, reading.team),
        (BudgetLine, reading.budget),
    )
    for model, rows in parts:
        model.objects.filter(proposal=proposal).delete()
        model.objects.bulk_create(
            model(proposal=proposal, position=position, **vars(row))
            for position, row in enumerate(rows, start=1)
        )


def lapse_drafts(case: Case, *, now: datetime | None = None) -> None:
    """Close the drafts not handed in."""
    call = Call.objects.select_related("case").get(case=case)
    drafts = Case.objects.filter(proposal__call=call, stage="draft").order_by("pk")
    for draft in drafts:
        try:
            make_move(draft, "lapse", by=None, version=draft.version, now=now)
        except (MovedMeanwhile, Refused):
            # Handed in at this very moment: it counts, as its own moment says.
            continue


def open_proposals(case: Case) -> None:
    """Let the customer and the commission stand in what was handed in."""
    call = Call.objects.select_related("case").get(case=case)
    parties = list(call.case.parties.filter(actor__in=("customer", "commission")))
    handed_in = list(
        Proposal.objects.filter(call=call, case__stage="submitted").select_related(
            "case", "counted", "applicant"
        )
    )
    standing = set(
        CaseParty.objects.filter(case__proposal__call=call).values_list(
            "case_id", "actor", "organisation_id"
        )
    )
    CaseParty.objects.bulk_create(
        (
            CaseParty(case_id=one.case_id, actor=party.actor, organisation_id=party.organisation_id)
            for one in handed_in
            for party in parties
            if (one.case_id, party.actor, party.organisation_id) not in standing
        ),
        batch_size=BATCH,
    )
    _name_by_applicant(handed_in)
    record_automatic_checks(call, handed_in)
    journal.write(
        "proposals_opened",
        subject=f"case:{call.case.ref}",
        case_ref=call.case.ref,
        by=None,
        data={"count": len(handed_in)},
    )


def _name_by_applicant(proposals: Iterable[Proposal]) -> None:
    """Name each case by who applied: its content is for members who declared no interest."""
    word = _("Proposal")
    cases = []
    for one in proposals:
        case, applicant = one.case, one.applicant
        case.title_ky = f"{said(word, 'ky')}: {applicant.name_ky or applicant.name_ru}"[:300]
        case.title_ru = f"{said(word, 'ru')}: {applicant.name_ru or applicant.name_ky}"[:300]
        case.search_key = search_key(f"{case.title_ky} {case.title_ru}")[:600]
        cases.append(case)
    Case.objects.bulk_update(cases, ["title_ky", "title_ru", "search_key"], batch_size=BATCH)
