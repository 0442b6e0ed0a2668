"""Seals of the demonstration: made, and used, by this site instead of by people's browsers.

Everybody knows the secret words: the demonstration protects nothing. The work factor is small,
so that it begins quickly; whoever makes a seal on the page gets the proper one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ashar.calls.actions import give_shares, hand_in_sealed, save_draft
from ashar.calls.core import SealedContent, envelope_header, pack_draft
from ashar.calls.models import Call, Proposal
from ashar.cases.actions import make_move
from ashar.parties.models import Account
from ashar.seals import actions as seals
from ashar.seals.core import (
    encrypt,
    lock,
    new_identity,
    open_share,
    pack,
    recipient_of,
    split_for,
)
from ashar.seals.queries import holder_in, recipients_of, sealing_of, share_for, unopened_in

DEMONSTRATION_WORDS = "ashar-demo"
WORK_FACTOR = 8
STATEMENT = {"complete": True, "adds_up": True, "within_maximum": True}


def make_seals(members: Iterable[Account]) -> dict[str, str]:
    """Make each member's seal under the words of the demonstration; return the secrets."""
    secrets = {}
    for member in members:
        if member.person is None:
            continue
        identity = new_identity()
        seals.make_member_key(
            member.person,
            recipient=recipient_of(identity),
            locked=lock(identity, DEMONSTRATION_WORDS, work_factor=WORK_FACTOR),
            by=member,
        )
        secrets[recipient_of(identity)] = identity
    return secrets


def hand_in(proposal: Proposal, typed: Mapping[str, object], *, by: Account) -> None:
    """Write a proposal and hand it in: sealed where the call is."""
    sealing = sealing_of(proposal.call.case)
    if sealing is None:
        save_draft(proposal, typed=typed, by=by)
        make_move(proposal.case, "submit", by=by)
        return
    code = new_identity()
    recipient = recipient_of(code)
    content = SealedContent(typed)
    draft = encrypt(pack_draft(content), recipient)
    seals.keep_draft(proposal.case, recipient=recipient, ciphertext=draft, by=by)
    header = envelope_header(proposal.call.case.ref, proposal.case.ref, content)
    data = seals.EnvelopeData(
        recipient=recipient,
        ciphertext=encrypt(pack(header), recipient),
        shares=split_for(code, recipients_of(sealing), sealing.threshold),
        statement=STATEMENT,
    )
    hand_in_sealed(proposal, data, by=by)


def open_together(call: Call, secrets: Mapping[str, str], people: Mapping[str, Account]) -> None:
    """Let as many members as are needed open what waits."""
    sealing = sealing_of(call.case)
    call.case.refresh_from_db()
    for account in people.values():
        waiting = list(unopened_in(call.case))
        holder = holder_in(call.case, account.person) if sealing and account.person else None
        if holder is None or not waiting:
            continue
        identity = secrets[holder.key.recipient]
        shares = {one.pk: open_share(share_for(one, holder.position), identity) for one in waiting}
        give_shares(call, holder, shares, by=account)
