"""Envelopes as an applicant's page makes them, and members as their browsers open."""

from __future__ import annotations

from dataclasses import dataclass, field

from ashar.calls import actions
from ashar.desk.core import COMMISSION
from ashar.seals import actions as seals
from ashar.seals.core import (
    digest,
    encrypt,
    lock,
    new_identity,
    open_share,
    pack,
    recipient_of,
    split_for,
)
from ashar.seals.queries import holder_in, recipients_of, sealing_of
from tests.calls import contest

QUICK = 4
STATEMENT = {"complete": True, "adds_up": True, "within_maximum": True}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Sealed:
    """A proposal handed in sealed, and the code its applicant keeps."""

    proposal: object
    envelope: object
    code: str
    papers: list = field(default_factory=list)


def with_seals(world, names=COMMISSION):
    """Each member makes a seal; return the secret that only the member has."""
    secrets = {}
    for name in names:
        account = world.people[name]
        secrets[name] = new_identity()
        seals.make_member_key(
            account.person,
            recipient=recipient_of(secrets[name]),
            locked=lock(secrets[name], f"сыр {name}", work_factor=QUICK),
            by=account,
        )
    return secrets


def header(proposal, typed=None, papers=()):
    """What lies inside."""
    return {
        "form": "ashar-envelope/1",
        "call": proposal.call.case.ref,
        "proposal": proposal.case.ref,
        "salt": "00" * 16,
        "typed": {**contest.TYPED, **(typed or {})},
        "papers": list(papers),
    }


def sealed_data(call, inside, code, **changes):
    """What the applicant's page sends."""
    sealing = sealing_of(call.case)
    values = {
        "recipient": recipient_of(code),
        "ciphertext": encrypt(pack(inside), recipient_of(code)),
        "shares": split_for(code, recipients_of(sealing), sealing.threshold),
        "statement": STATEMENT,
        "papers": [paper["ref"] for paper in inside["papers"]],
    }
    return seals.EnvelopeData(**{**values, **changes})


def attached(proposal, code, content=PDF, name="бюджет.pdf", kind="other"):
    """A paper sealed and taken in; what the envelope says of it."""
    ciphertext = encrypt(content, recipient_of(code))
    kept = seals.keep_paper(proposal.case, ciphertext=ciphertext)
    return {
        "ref": kept.ref,
        "name": name,
        "kind": kind,
        "sha256": digest(content),
        "sealed_sha256": digest(ciphertext),
    }


def handed_in(world, call, who="chinara", body="bulak", *, papers=(), typed=None, **changes):
    """A proposal started, sealed and handed in; `papers` are contents."""
    account = world.people[who]
    proposal = actions.start_proposal(call, organisation=world.bodies[body], by=account)
    code = changes.pop("code", "") or new_identity()
    named = [attached(proposal, code, content) for content in papers]
    inside = changes.pop("inside", None) or header(proposal, typed, named)
    data = sealed_data(call, inside, code, **changes)
    envelope = actions.hand_in_sealed(proposal, data, by=account)
    proposal.refresh_from_db()
    return Sealed(proposal, envelope, code, named)


def shares_of(call, person, secret, envelopes):
    """What a member's browser makes of the envelopes that wait."""
    holder = holder_in(call.case, person)
    found = {}
    for envelope in envelopes:
        locked = next(s["share"] for s in envelope.shares if s["position"] == holder.position)
        found[envelope.pk] = open_share(locked, secret)
    return holder, found


def open_by(world, call, secrets, names, envelopes):
    """These members open, one after another; return what was opened."""
    opened = []
    for name in names:
        account = world.people[name]
        holder, shares = shares_of(call, account.person, secrets[name], envelopes)
        opened += actions.give_shares(call, holder, shares, by=account)
    return opened
