"""Sealed proposals: handed in locked, opened after the close, held to what their page said."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import DataError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ashar.calls.actions.proposals import HandedIn, write_submission
from ashar.calls.choices import AS_STATED, CheckResult
from ashar.calls.core import Reading, read_draft
from ashar.calls.facts import conditions_of_content
from ashar.calls.models import AdmissionCheck, Call, Proposal, Submission
from ashar.calls.queries.calls import members_of, submit_of
from ashar.calls.queries.proposals import SOURCES, content_of
from ashar.calls.queries.words import said
from ashar.cases.actions import file_documents, make_move, refresh_deadline
from ashar.cases.models import Case, Decision
from ashar.cases.queries import law, procedure_of
from ashar.documents.actions import RefusedUpload, store_upload
from ashar.documents.choices import Visibility
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account
from ashar.procedures.registry import registry
from ashar.seals import actions as seals
from ashar.seals.core import NotLockedError, NotOpened, decrypt, digest
from ashar.seals.models import Envelope, KeyHolder, SealedPaper
from ashar.seals.queries import unopened_in

logger = logging.getLogger(__name__)

OTHER_PAPER = "other"
LONGEST_NAME = 200


@deed
def hand_in_sealed(
    proposal: Proposal,
    envelope: seals.EnvelopeData,
    *,
    by: Account,
    version: int | None = None,
    now: datetime | None = None,
) -> Envelope:
    """Hand in a sealed proposal, or another in place of the one handed in before.

    Raises Refused, MovedMeanwhile, seals.BadEnvelope; then nothing is kept.
    """
    moment = now or timezone.now()
    case = Case.objects.select_related("parent").get(pk=proposal.case_id)
    # Held before the envelope is numbered: two clicks do not hand in the same number.
    Case.objects.filter(pk=case.pk).hold()
    kept = seals.hand_in_envelope(case, envelope, by=by, now=moment)
    move = "submit" if case.stage == "draft" else "replace"
    make_move(proposal.case, move, by=by, version=version, now=moment)
    proposal.refresh_from_db(fields=["sealed"])
    return kept


def freeze_sealing(case: Case, decision: Decision) -> None:
    """Fix at the announcement which members open the proposals together."""
    call = Call.objects.get(case=case)
    seals.freeze_sealing(case, [one.person for one in members_of(call)], by=decision.made_by)


@deed
def give_shares(
    call: Call,
    holder: KeyHolder,
    shares: Mapping[int, bytes],
    *,
    by: Account,
    now: datetime | None = None,
) -> list[Submission]:
    """Take in what a member opened (envelope -> share), and open whatever enough members gave.

    Returns the proposals opened by this. Raises seals.NothingWaits.
    """
    rows = {one.pk: one for one in unopened_in(call.case).filter(pk__in=list(shares))}
    given = {rows[key]: share for key, share in shares.items() if key in rows}
    seals.post_shares(call.case, holder, given, by=by)
    taken = [one for envelope in given for one in _open_and_take_in(call.case, envelope, now)]
    refresh_deadline(call.case)
    return taken


def _open_and_take_in(
    call_case: Case, envelope: Envelope, now: datetime | None
) -> list[Submission]:
    """Open one envelope; one that nobody can make sense of stays closed and holds nobody up."""
    try:
        with deed():
            return [_take_in(one) for one in seals.open_ready(call_case, [envelope], now=now)]
    except Exception as error:  # noqa: BLE001 - whatever a hostile applicant thought of
        # The text of the error may quote the proposal: only its kind is written.
        logger.error("Envelope %s was not taken in: %s", envelope.pk, type(error).__name__)  # noqa: TRY400
        return []


@deed
def open_with_code(
    proposal: Proposal, code: str, *, by: Account, now: datetime | None = None
) -> Submission | NotOpened:
    """Open a proposal with the code that its applicant kept, when too few members can.

    Raises seals.NothingWaits.
    """
    call_case = proposal.call.case
    envelope = unopened_in(call_case).filter(case_id=proposal.case_id).first()
    if envelope is None:
        raise seals.NothingWaits
    try:
        with deed():
            answer = seals.open_with_identity(envelope, code, by=by, now=now)
            if isinstance(answer, NotOpened):
                return answer
            taken = _take_in(answer)
    except DataError as error:
        # As with the members: what no table can keep is no proposal, and breaks no page.
        logger.error("Envelope %s was not taken in: %s", envelope.pk, type(error).__name__)  # noqa: TRY400
        return NotOpened("broken")
    refresh_deadline(call_case)
    return taken


def leave_unopened(case: Case, decision: Decision) -> None:
    """Set aside the proposals that neither the members nor their applicants opened."""
    for envelope in unopened_in(case):
        make_move(envelope.case, "remain_unopened", by=None, now=decision.at)


def _take_in(one: seals.OpenedEnvelope) -> Submission:
    """Make of an open envelope the submission that it always was: its number, moment, person."""
    envelope, payload = one.envelope, one.opened.payload
    proposal = Proposal.objects.select_related("case", "call__case", "applicant").get(
        case_id=envelope.case_id
    )
    refused = _file_papers(proposal, one)
    reading = read_draft(payload.typed, SOURCES)
    content = content_of(proposal, reading)
    if refused:
        content["refused_papers"] = refused
    submission = write_submission(
        proposal,
        reading,
        content,
        HandedIn(envelope.number, envelope.handed_in_at, envelope.handed_in_by),
    )
    _hold_to_its_word(proposal, reading)
    return submission


def _file_papers(proposal: Proposal, one: seals.OpenedEnvelope) -> list[dict[str, str]]:
    """File the papers of an envelope; return those that could not be, each with the reason."""
    # By digest: a page without the Internet does not know the references given on arrival.
    handed_in = {str(paper["sha256"]): str(paper["ref"]) for paper in one.envelope.papers}
    refused = []
    for paper in one.opened.payload.papers:
        name = paper["name"][:LONGEST_NAME]
        ref = handed_in.get(paper["sealed_sha256"], "")
        sealed = SealedPaper.objects.filter(case=proposal.case, ref=ref).first()
        if sealed is None or sealed.sha256 != paper["sealed_sha256"]:
            refused.append({"name": name, "reason": said(_("it was not handed in"), "ky")})
            continue
        try:
            _file(proposal, one, paper, sealed)
        except NotLockedError:
            refused.append({"name": name, "reason": said(_("it does not open"), "ky")})
        except RefusedUpload as reason:
            refused.append({"name": name, "reason": str(reason)})
    if refused:
        journal.write(
            "papers_refused_at_opening",
            subject=f"case:{proposal.case.ref}",
            case_ref=proposal.case.ref,
            by=None,
            data={"count": len(refused)},
        )
    return refused


def _file(
    proposal: Proposal, one: seals.OpenedEnvelope, paper: Mapping[str, str], sealed: SealedPaper
) -> None:
    """Open one paper and file it. Raises NotLockedError, RefusedUpload."""
    ciphertext = bytes(sealed.ciphertext)
    content = decrypt(ciphertext, one.opened.identity)
    if digest(ciphertext) != sealed.sha256 or digest(content) != paper["sha256"]:
        raise NotLockedError
    kinds = procedure_of(proposal.case).documents
    kind = paper["kind"] if paper["kind"] in kinds else OTHER_PAPER
    by = one.envelope.handed_in_by
    name = paper["name"][:LONGEST_NAME]
    document = store_upload(
        ContentFile(content, name=name),
        kind=kind,
        title=name,
        by=by,
        visibility=Visibility.PARTIES,
    )
    file_documents(proposal.case, [document], kind=kind, by=by)


def _hold_to_its_word(proposal: Proposal, reading: Reading) -> None:
    """Look at the conditions of handing in anew, now that the content can be seen.

    What the page said falsely becomes a finding of admission that names it.
    """
    facts = conditions_of_content(reading)
    filed = proposal.case.papers.filter(withdrawn_at__isnull=True)
    facts |= {
        "page_statement": None,
        "call_maximum_sum": proposal.call.maximum,
        "documents": frozenset(filed.values_list("kind", flat=True)),
    }
    reasons = []
    for clause in submit_of(proposal.call).when:
        guard = registry.guards[clause.name]
        if {"page_statement", "documents"} & set(guard.needs):
            reasons.append(guard.function(facts, clause.argument))
    found = [one for one in reasons if one is not None]
    AdmissionCheck.objects.create(
        proposal=proposal,
        rule=AS_STATED,
        result=CheckResult.NOT_MET if found else CheckResult.MET,
        evidence=" / ".join(
            "; ".join(law().say_reason(one, language) for one in found)
            or said(_("Looked at when the proposal was opened"), language)
            for language in ("ky", "ru")
        ),
        checked_at=timezone.now(),
    )
