"""P11: no envelope after the closing moment, however close; nobody is told otherwise."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread
from time import sleep

import pytest
from django.db import connection, connections
from django.utils import timezone

from ashar.calls import actions
from ashar.calls.actions import opening
from ashar.calls.models import Call
from ashar.cases.actions import MovedMeanwhile, tick
from ashar.procedures.engine import Refused
from ashar.seals.actions import EnvelopeData
from ashar.seals.core import encrypt, new_identity, recipient_of, split_for
from ashar.seals.models import Envelope, SealedDraft
from ashar.seals.queries import recipients_of, sealing_of
from tests.calls import sealed
from tests.calls.test_sealed_ways import envelope_fields, url, written
from tests.people import build_world

pytestmark = pytest.mark.usefixtures("_no_papers")
APPLICANTS = (("chinara", "bulak"), ("jamila", "meerim"))
STEP = timedelta(milliseconds=1)


def envelope_for(found):
    """An envelope as a browser makes it."""
    identity = new_identity()
    recipient = recipient_of(identity)
    sealing = sealing_of(found.call.case)
    return EnvelopeData(
        recipient=recipient,
        ciphertext=encrypt(b"{}", recipient),
        shares=split_for(identity, recipients_of(sealing), sealing.threshold),
        statement={"complete": True, "adds_up": True, "within_maximum": True},
    )


def closes(found, moment):
    """Announce another closing moment, as the test needs it."""
    Call.objects.filter(pk=found.call.pk).update(closes_at=moment)
    found.call.refresh_from_db()


@pytest.mark.django_db
def test_p11_a_late_envelope_and_a_late_draft_are_refused_with_a_sentence(world):
    found = sealed.sealed_contest(world)
    proposal = sealed.started(world, found)
    client = sealed.signed_in(world, "chinara")
    written(client, proposal)
    sent = envelope_fields(found, proposal)
    closes(found, timezone.now() - STEP)
    late = client.post(url("hand_in_envelope", proposal), sent)
    assert late.status_code == 409
    assert all(late.json()["refusals"])
    ciphertext, recipient = sealed.locked()
    draft = {"recipient": recipient, "ciphertext": ciphertext, "version": 1}
    assert client.post(url("sealed_draft", proposal), draft).json()["closed"]
    typed = written(client, proposal, title="Кеч калган аталыш")
    assert "Кеч калган аталыш" in typed.content.decode()
    assert SealedDraft.objects.get().version == 1
    assert not Envelope.objects.exists()


def too_late(found, proposal, account, moments):
    """The envelopes kept although their moment was not before the closing moment."""
    for moment in moments:
        try:
            actions.hand_in_sealed(proposal, envelope_for(found), by=account, now=moment)
        except (Refused, MovedMeanwhile):
            continue
    return list(Envelope.objects.filter(case=proposal.case, handed_in_at__gte=found.call.closes_at))


@pytest.mark.django_db
def test_p11_a_thousandth_of_a_second_decides(world):
    found = sealed.sealed_contest(world)
    proposal = sealed.started(world, found)
    end = found.call.closes_at
    moments = [end - STEP, end, end + STEP, end - 2 * STEP, end + timedelta(microseconds=1)]
    assert too_late(found, proposal, world.chinara, moments) == []
    assert Envelope.objects.count() == 2


@pytest.mark.django_db
def test_p11_the_check_notices_when_the_moment_is_not_looked_at(world, monkeypatch):
    found = sealed.sealed_contest(world)
    proposal = sealed.started(world, found)

    def careless(case, move, *, now, **options):
        return make_move(case, move, now=now - timedelta(days=1), **options)

    make_move = opening.make_move
    monkeypatch.setattr(opening, "make_move", careless)
    assert too_late(found, proposal, world.chinara, [found.call.closes_at + STEP]) != []


def race(found, world, proposals, lead):
    """Both applicants hand in around the closing moment while the clock closes the call.

    Returns what went wrong: an envelope kept late, kept without a promise, or promised and lost.
    """
    made = {name: envelope_for(found) for name, _body in APPLICANTS}
    closes(found, timezone.now() + lead)
    start, promised = Barrier(len(APPLICANTS) + 1), []

    def hand_in(name):
        try:
            start.wait()
            sleep(max(0, (found.call.closes_at - timezone.now()).total_seconds()))
            kept = actions.hand_in_sealed(proposals[name], made[name], by=world.people[name])
            promised.append(kept.pk)
        except (Refused, MovedMeanwhile):
            pass
        finally:
            connections.close_all()

    def close():
        try:
            start.wait()
            sleep(max(0, (found.call.closes_at - timezone.now()).total_seconds()))
            tick()
        finally:
            connections.close_all()

    before = set(Envelope.objects.values_list("pk", flat=True))
    threads = [Thread(target=hand_in, args=(name,)) for name, _body in APPLICANTS]
    threads.append(Thread(target=close))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = Envelope.objects.exclude(pk__in=before)
    late = [f"late: {one.pk}" for one in kept if one.handed_in_at >= found.call.closes_at]
    if {one.pk for one in kept} != set(promised):
        late.append("kept and promised differ")
    return late


def races(rounds):
    """So many races, each in a contest of its own."""
    if is_in_memory():
        pytest.skip("threads meet only in a database of its own file: see `make trust`")
    found_wrong, world = [], build_world()
    identities = sealed.member_keys(world)
    for number in range(rounds):
        found = sealed.sealed_contest(world, identities=identities)
        proposals = {name: sealed.started(world, found, name, body) for name, body in APPLICANTS}
        # From one thousandth before the closing moment to one after it.
        lead = timedelta(milliseconds=20, microseconds=(number % 21 - 10) * 100)
        found_wrong += race(found, world, proposals, lead)
    return found_wrong


def is_in_memory():
    """Whether SQLite keeps the test's tables in memory, where a second thread does not wait."""
    return connection.vendor == "sqlite" and connection.is_in_memory_db()


@pytest.mark.django_db(transaction=True)
def test_p11_two_clients_and_the_clock_at_the_closing_moment():
    assert races(5) == []


@pytest.mark.trust
@pytest.mark.django_db(transaction=True)
def test_p11_two_clients_and_the_clock_at_the_closing_moment_200_times():
    assert races(200) == []
