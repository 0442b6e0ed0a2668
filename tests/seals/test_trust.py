"""P7, P8, P9: nobody opens before, any k of n open after, a bad share changes nothing unseen.

Each check returns what is wrong; beside each stands a fault that it must notice.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from ashar.calls import actions
from ashar.cases.actions import tick
from ashar.desk.core import COMMISSION
from ashar.seals.core import (
    NotOpened,
    encrypt,
    new_identity,
    open_envelope,
    open_share,
    opening,
    pack,
    recipient_of,
    split_for,
)
from ashar.seals.models import Envelope, Opening
from ashar.seals.queries import recipients_of, sealing_of, unopened_in
from tests.calls import contest
from tests.seals import envelopes, search

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_no_papers")]
CANARIES = ("Канарейка-Сары", "777321,45")
IN_BYTES = tuple(one.encode() for one in CANARIES)
BUDGET = [{**contest.TYPED["budget"][0], "rate": CANARIES[1], "quantity": "1"}]
APPLICANTS = (("chinara", "bulak"), ("jamila", "meerim"))


@pytest.fixture
def secrets(world):
    return envelopes.with_seals(world)


@pytest.fixture
def call(world, secrets):
    return contest.announced(world)


def hand_in_canaries(world, call):
    return [
        envelopes.handed_in(
            world,
            call,
            who,
            body,
            typed={"title": CANARIES[0], "budget": BUDGET},
            papers=[envelopes.PDF + IN_BYTES[0]],
        )
        for who, body in APPLICANTS
    ]


# ---- P7: nobody opens before the deadline, administrator included ----


def test_p7_everything_kept_and_two_seals_read_nothing(world, call, secrets):
    """P7: all tables, files and settings, with k-1 members' keys and words: nothing is read."""
    hand_in_canaries(world, call)
    for pair in combinations(COMMISSION, 2):
        keys = [secrets[name] for name in pair]
        assert search.leaks(IN_BYTES, keys) == []
    assert search.leaks(IN_BYTES, words=[f"сыр {name}" for name in COMMISSION[:2]]) == []


def test_p7_notices_when_a_third_key_is_known(world, call, secrets):
    """The fault: k keys. The search must read every proposal then."""
    hand_in_canaries(world, call)
    assert search.leaks(IN_BYTES, [secrets[name] for name in COMMISSION[:3]])
    assert search.leaks(IN_BYTES, words=[f"сыр {name}" for name in COMMISSION[:3]])


def test_p7_notices_when_a_code_or_a_draft_stays_behind(world, call):
    """The fault: a code in a file, or a title in a table."""
    one, _two = hand_in_canaries(world, call)
    left = Path(settings.VAR_DIR) / "left-behind.txt"
    left.write_text(f"code {one.code}")
    try:
        assert any("keys" in leak for leak in search.leaks(IN_BYTES))
    finally:
        left.unlink()
    assert search.leaks(IN_BYTES) == []
    call.case.title_ky = CANARIES[0]
    call.case.save()
    assert any("clear" in leak for leak in search.leaks(IN_BYTES))


# ---- P8: any k of n open everything ----

MANY = 40


def sealed_envelopes(count, members, threshold):
    """Envelopes without a database, and each member's identity by position."""
    secrets = {position: new_identity() for position in range(1, members + 1)}
    recipients = {position: recipient_of(one) for position, one in secrets.items()}
    found = []
    for number in range(count):
        code = new_identity()
        inside = {
            "form": "ashar-envelope/1",
            "call": "C",
            "proposal": f"P{number}",
            "typed": {"title": f"{number}"},
            "papers": [],
        }
        content = encrypt(pack(inside), recipient_of(code))
        shares = split_for(code, recipients, threshold)
        found.append((recipient_of(code), content, shares, f"P{number}"))
    return found, secrets


def not_opened_by_some(found, secrets, threshold):
    """Every way of choosing k members, on every envelope: which did not open, or opened wrongly."""
    wrong = []
    for number, (recipient, content, locked, proposal) in enumerate(found):
        shares = {
            one["position"]: open_share(one["share"], secrets[one["position"]]) for one in locked
        }
        for chosen in combinations(sorted(secrets), threshold):
            given = {position: shares[position] for position in chosen}
            answer = open_envelope(recipient, content, given, threshold)
            if isinstance(answer, NotOpened) or answer.payload.proposal != proposal:
                wrong.append((number, chosen))
        for chosen in combinations(sorted(secrets), threshold - 1):
            given = {position: shares[position] for position in chosen}
            if not isinstance(open_envelope(recipient, content, given, threshold - 1), NotOpened):
                wrong.append((number, chosen))
    return wrong


def test_p8_any_three_of_five_open_forty_envelopes():
    """P8: all ten ways on each of 40 envelopes open; all ten pairs open none."""
    assert not_opened_by_some(*sealed_envelopes(MANY, 5, 3), 3) == []


def test_p8_notices_when_more_members_are_needed_than_said():
    """The fault: split for four, announced as three."""
    found, secrets = sealed_envelopes(2, 5, 4)
    assert len(not_opened_by_some(found, secrets, 3)) == 2 * 10


# ---- P9: a wrong or malicious share changes and blocks nothing unseen ----


def close(call):
    tick(timezone.now() + timedelta(days=41))
    call.refresh_from_db()


def flipped(share, bit):
    changed = bytearray(share)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


def wrongs_of_bad_shares(found, secrets, threshold=3):
    """One bad share among all five: the content is the same, and the holder is named."""
    wrong = []
    for recipient, content, locked, proposal in found:
        shares = {
            one["position"]: open_share(one["share"], secrets[one["position"]]) for one in locked
        }
        bad_ones = [flipped(shares[2], bit) for bit in range(0, 33 * 8, 7)]
        bad_ones += [b"", bytes(33), b"x" * 50]
        copied = open_envelope(recipient, content, {**shares, 2: shares[3]}, threshold)
        if isinstance(copied, NotOpened) or copied.faults != (2, 3):
            wrong.append((proposal, "one share given by two members"))
        for bad in bad_ones:
            answer = open_envelope(recipient, content, {**shares, 2: bad}, threshold)
            opened = not isinstance(answer, NotOpened) and answer.payload.proposal == proposal
            if not opened or answer.faults != (2,):
                wrong.append((proposal, bad))
    return wrong


def test_p9_flipped_and_swapped_shares_are_named_and_change_nothing():
    """P9: bit flips, another member's share, rubbish: the same content, and who it was."""
    found, secrets = sealed_envelopes(3, 5, 3)
    assert wrongs_of_bad_shares(found, secrets) == []
    # Two members' shares swapped, as if each had opened the other's.
    recipient, content, locked, _proposal = found[0]
    shares = {one["position"]: open_share(one["share"], secrets[one["position"]]) for one in locked}
    swapped = {**shares, 1: shares[2], 2: shares[1]}
    # A share carries its own place, so that swapped ones still open.
    assert open_envelope(recipient, content, swapped, 3).payload.proposal == "P0"


def test_p9_notices_when_the_commitment_is_not_compared(monkeypatch):
    """The fault: whatever the shares give is believed."""

    def believes(parts, _recipient):
        try:
            return opening.identity_of(opening.combine(parts))
        except ValueError:
            return ""

    found, secrets = sealed_envelopes(1, 5, 3)
    monkeypatch.setattr(opening, "_identity_from", believes)
    assert wrongs_of_bad_shares(found, secrets)


def test_p9_flipped_or_cut_ciphertext_opens_as_nothing_else():
    """P9: a changed envelope does not open, and says so."""
    (one, *_), secrets = sealed_envelopes(1, 5, 3)
    recipient, content, locked, _proposal = one
    shares = {x["position"]: open_share(x["share"], secrets[x["position"]]) for x in locked}
    for at in range(0, len(content), 11):
        changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        assert open_envelope(recipient, changed, shares, 3).reason == "changed"
    assert open_envelope(recipient, content[:-1], shares, 3).reason == "changed"


def equivocated(world, call, secrets, good):
    """An applicant gives right shares to some members alone; what the opening makes of it."""
    sealing = sealing_of(call.case)
    code, other = new_identity(), new_identity()
    right = split_for(code, recipients_of(sealing), 3)
    rubbish = split_for(other, recipients_of(sealing), 3)
    mixed = [a if a["position"] in good else b for a, b in zip(right, rubbish, strict=True)]
    one = envelopes.handed_in(world, call, code=code, shares=mixed)
    close(call)
    for name in COMMISSION:
        envelopes.open_by(world, call, secrets, [name], unopened_in(call.case))
    return one


def test_p9_an_equivocating_applicant_cannot_choose_what_is_read(world, call, secrets):
    """P9: right shares for three of five: one content, the two that do not fit are named."""
    one = equivocated(world, call, secrets, good={1, 3, 5})
    opened = Opening.objects.get(envelope=one.envelope)
    one.proposal.refresh_from_db()
    assert (opened.faults, one.proposal.counted.title) == ([2, 4], "Бактылуу балалык")


def test_p9_shares_that_fit_nobody_leave_it_to_the_applicants_code(world, call, secrets):
    """P9: right shares for two: no member opens, all is named, the applicant's code opens."""
    one = equivocated(world, call, secrets, good={1, 3})
    assert not Opening.objects.exists()
    taken = actions.open_with_code(one.proposal, one.code, by=world.people["chinara"])
    assert taken.title == "Бактылуу балалык"
    assert Envelope.objects.get().sha256 == one.envelope.sha256
