"""A contest closed with keys, and what its members would do in their browsers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from ashar.calls import actions
from ashar.cases.actions import make_move
from ashar.desk.core import COMMISSION
from ashar.seals import actions as seals
from ashar.seals.core import encrypt, new_identity, open_share, recipient_of
from ashar.seals.models import Envelope, MemberKey
from ashar.seals.queries import holder_in
from tests.calls import contest


@dataclass
class SealedContest:
    """An open call closed with keys; each member's identity, as his browser unlocks it."""

    call: object
    identities: dict


def member_keys(world):
    """Each member makes a key; returns the identities as their browsers unlock them."""
    identities = {}
    for name in COMMISSION:
        identities[name] = new_identity()
        MemberKey.objects.create(
            person=world.people[name].person,
            recipient=recipient_of(identities[name]),
            locked="locked elsewhere",
            made_at=timezone.now(),
        )
    return identities


def sealed_contest(world, days=40, identities=None):
    """An open call whose five members hold keys, three of which open."""
    call = contest.announced(world, days)
    made = identities or member_keys(world)
    seals.freeze_sealing(call.case, [world.people[name].person for name in COMMISSION])
    return SealedContest(call, made)


def started(world, found, who="chinara", body="bulak"):
    """A proposal begun in the call."""
    return actions.start_proposal(found.call, organisation=world.bodies[body], by=world.people[who])


def signed_in(world, who):
    """A browser in which somebody signed in."""
    client = Client()
    client.force_login(world.people[who])
    return client


def closed(found):
    """The call after its clock has closed it: the envelopes wait for the members."""
    make_move(found.call.case, "close", by=None, now=timezone.now() + timedelta(days=41))
    found.call.refresh_from_db()


def opened_by(world, found, *names):
    """These members open every envelope that waits, as their browsers do."""
    call = found.call
    for name in names:
        account = world.people[name]
        holder = holder_in(call.case, account.person)
        shares = {}
        for envelope in Envelope.objects.filter(case__parent=call.case):
            own = next(s for s in envelope.shares if s["position"] == holder.position)
            shares[envelope.pk] = open_share(own["share"], found.identities[name])
        actions.give_shares(call, holder, shares, by=account)


def locked(content=b"{}", identity=None):
    """Some locked bytes, and the public side they are locked to."""
    recipient = recipient_of(identity or new_identity())
    return encrypt(content, recipient), recipient
