"""P8: nobody stops an opening by ending the mandates of those who hold the seals."""

from __future__ import annotations

from base64 import b64encode

import pytest
from django.urls import reverse

from ashar.calls import access
from ashar.parties.actions import end_mandate
from ashar.parties.models import Mandate
from ashar.seals.core import open_share
from ashar.seals.models import Envelope
from ashar.seals.queries import holder_in
from tests.calls import sealed, test_sealed_ways

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]
HOLDERS = ("bakyt", "bolot", "begimai")


def refused_to_holders(world, found, who):
    """Return the members who were announced as holders and may not give their parts."""
    call, refused = found.call, []
    for name in who:
        holder = holder_in(call.case, world.people[name].person)
        for envelope in Envelope.objects.filter(case__parent=call.case, opening=None):
            locked = next(s for s in envelope.shares if s["position"] == holder.position)
            share = open_share(locked["share"], found.identities[name])
            answer = sealed.signed_in(world, name).post(
                reverse("calls:give_share", args=(call.case.ref,)),
                {"envelope": envelope.pk, "share": b64encode(share).decode()},
            )
            if answer.status_code != 200:
                refused.append(name)
    return refused


@pytest.fixture
def orphaned(world, found):
    """A contest at its opening whose commission was sent home by one clerk."""
    proposal = sealed.started(world, found)
    applicant = sealed.signed_in(world, "chinara")
    test_sealed_ways.written(applicant, proposal)
    applicant.post(test_sealed_ways.url("hand_in", proposal), {"version": proposal.case.version})
    assert Envelope.objects.count() == 1
    sealed.closed(found)
    for mandate in Mandate.objects.filter(organisation=found.call.commission):
        end_mandate(mandate, reason="Иштен кетти", by=world.aigul)
    for account in world.people.values():
        account.__dict__.pop("_mandates", None)
    return found


def test_p8_holders_open_though_their_mandates_were_ended(world, orphaned):
    assert refused_to_holders(world, orphaned, HOLDERS) == []
    assert Envelope.objects.filter(opening=None).count() == 0


def test_p8_notices_when_only_members_of_today_may_open(world, orphaned, monkeypatch):
    monkeypatch.setattr(access, "holder_in", lambda *_a: None)
    assert set(refused_to_holders(world, orphaned, HOLDERS)) == set(HOLDERS)


def test_strangers_do_not_come_to_the_opening(world, orphaned):
    address = reverse("calls:opening", args=(orphaned.call.case.ref,))
    assert sealed.signed_in(world, "bakyt").get(address).status_code == 200
    for who in ("zamir", "chinara", "kanat"):
        assert sealed.signed_in(world, who).get(address).status_code == 404
