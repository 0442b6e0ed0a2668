"""Reads about sealed proposals: who holds the keys, what is kept; nothing of what it says."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from ashar.calls.choices import FAULTS, PROPOSAL_PARTS, SEAL_WORDS
from ashar.calls.core import SealedContent, unpack_draft
from ashar.calls.models import Call, Proposal
from ashar.cases.queries import language, procedure_of, track_of
from ashar.kernel.money import Som
from ashar.programmes.choices import BUDGET_SOURCES, FundingSource
from ashar.seals.core import NotLockedError, decrypt, recipient_of
from ashar.seals.models import Envelope, KeyHolder, SealedDraft, Sealing
from ashar.seals.queries import last_envelope_of, sealing_of

# A sealed paper is a little larger than the paper itself.
SEAL_OVERHEAD = 64 * 1024


@dataclass(frozen=True)
class Holders:
    """Who holds the keys of a contest, and how many of them open together."""

    holders: tuple[KeyHolder, ...]
    threshold: int


def sealing_for(call: Call) -> Sealing | None:
    """Return how the call's proposals are sealed by keys; None when access alone closes them."""
    return sealing_of(call.case)


def said_holders(sealing: Sealing) -> Holders:
    """Return the holders for a page."""
    return Holders(tuple(sealing.holders.all()), sealing.threshold)


def draft_of(proposal: Proposal) -> SealedDraft | None:
    """Return the sealed draft; None before the first saving."""
    return (
        SealedDraft.objects.filter(case_id=proposal.case_id)
        .select_related("saved_by__person")
        .first()
    )


def envelopes_of(proposal: Proposal) -> list[Envelope]:
    """Return the envelopes handed in, without their content."""
    rows = Envelope.objects.filter(case_id=proposal.case_id).defer("ciphertext", "shares")
    return list(rows.select_related("handed_in_by__person", "opening"))


def is_changed_since(proposal: Proposal) -> bool:
    """Say whether the sealed draft was saved after the envelope that counts was handed in.

    Nobody here can compare what they say; the moments can be compared.
    """
    envelope, draft = last_envelope_of(proposal.case), draft_of(proposal)
    return bool(envelope and draft and draft.saved_at > envelope.handed_in_at)


def content_with(draft: SealedDraft | None, identity: str) -> SealedContent | None:
    """Return the draft as opened with the proposal's code; None when the code does not fit."""
    if draft is None:
        return SealedContent({})
    try:
        if recipient_of(identity) != draft.recipient:
            return None
        return unpack_draft(decrypt(bytes(draft.ciphertext), identity))
    except (NotLockedError, ValueError, KeyError, TypeError):
        return None


def ceiling_of(call: Call) -> Som | None:
    """Return the most that may be asked: by the announcement or by the rules, what is less."""
    number = procedure_of(call.case).numbers.get("maximum_sum")
    rule = number.value if number is not None else None
    known = [one for one in (call.maximum, rule) if isinstance(one, Som)]
    return min(known, default=None)


def kinds_of(call: Call) -> list[tuple[str, str]]:
    """Return the kinds of paper that may be attached, in the reader's language."""
    tongue = language()
    kinds = [
        (kind.key, kind.title.say(tongue)) for kind in procedure_of(call.case).documents.values()
    ]
    return [*kinds, ("other", _("Other paper"))]


def kinds_asked(proposal: Proposal) -> list[tuple[str, str]]:
    """Return the papers that a proposal's stage asks for."""
    track = track_of(proposal.case)
    documents = track.stages[track.starts].documents
    return [(kind.key, kind.title.say(language())) for kind in documents]


def told_to_browser(
    proposal: Proposal, sealing: Sealing, draft: SealedDraft | None, addresses: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the page's script must know: all of it may be read by anybody who may be here."""
    return {
        **told_of_call(proposal.call, sealing),
        **addresses,
        "proposal": proposal.case.ref,
        "case_version": proposal.case.version,
        "recipient": draft.recipient if draft else "",
        "version": draft.version if draft else 0,
        "ciphertext": b64encode(bytes(draft.ciphertext)).decode() if draft else "",
    }


def told_of_call(call: Call, sealing: Sealing) -> dict[str, Any]:
    """Return what a browser needs to seal a proposal for the call."""
    maximum = ceiling_of(call)
    return {
        "language": language(),
        "call": call.case.ref,
        "sources": [[key, str(label)] for key, label in FundingSource.choices],
        "budgetSources": sorted(BUDGET_SOURCES),
        "maximum": str(maximum.tyiyn) if maximum is not None else None,
        "kinds": kinds_of(call),
        "largest_file": settings.DOCUMENT_MAX_BYTES - SEAL_OVERHEAD,
        "threshold": sealing.threshold,
        "holders": [
            {"position": one.position, "recipient": one.key.recipient, "name": one.name}
            for one in sealing.holders.all()
        ],
        "words": {
            **{key: str(sentence) for key, sentence in SEAL_WORDS.items()},
            "parts": {key: str(title) for key, title in PROPOSAL_PARTS.items()},
            "faults": {key: str(sentence) for key, sentence in FAULTS.items()},
        },
    }
