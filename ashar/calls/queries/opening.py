"""Reads about the opening of sealed proposals: who has a seal, who has opened, what waits."""

from __future__ import annotations

from dataclasses import dataclass

from ashar.calls.models import Call, Proposal
from ashar.calls.queries.calls import members_of
from ashar.cases.models import Case
from ashar.cases.queries import procedure_of
from ashar.parties.models import Person
from ashar.seals.core import LEAST_HOLDERS, threshold_for
from ashar.seals.models import Envelope, KeyHolder, MemberKey, OpenedShare
from ashar.seals.queries import holder_in, live_keys_of, sealing_of, unopened_in, waiting_of


@dataclass(frozen=True)
class MemberSeal:
    """A member of the commission, and the seal the member has made, if any."""

    person: Person
    key: MemberKey | None


@dataclass(frozen=True)
class Readiness:
    """Whether the proposals of a call not announced yet would be sealed."""

    members: tuple[MemberSeal, ...]

    @property
    def with_seal(self) -> int:
        """How many members have made their seal."""
        return sum(one.key is not None for one in self.members)

    @property
    def is_enough(self) -> bool:
        """Whether proposals would be sealed."""
        return self.with_seal >= LEAST_HOLDERS

    @property
    def threshold(self) -> int:
        """How many members would open together."""
        return threshold_for(self.with_seal)


@dataclass(frozen=True)
class HolderTurn:
    """A member in the opening: of how many proposals the part was given."""

    holder: KeyHolder
    given: int
    has_finished: bool


@dataclass(frozen=True)
class OpeningProgress:
    """How far the opening of a call has come."""

    turns: tuple[HolderTurn, ...]
    threshold: int
    closed: int
    opened: int

    @property
    def finished(self) -> int:
        """How many members have given their parts."""
        return sum(turn.has_finished for turn in self.turns)

    @property
    def still_needed(self) -> int:
        """How many more members are needed."""
        return max(0, self.threshold - self.finished)


def readiness_of(call: Call) -> Readiness:
    """Return which members of the commission have their seal today."""
    people = list(dict.fromkeys(one.person for one in members_of(call)))
    keys = live_keys_of(people)
    return Readiness(tuple(MemberSeal(one, keys.get(one.pk)) for one in people))


def will_be_sealed(call: Call) -> bool:
    """Say whether the proposals would be sealed if the call were announced now."""
    return readiness_of(call).is_enough


def progress_of_opening(call: Call) -> OpeningProgress | None:
    """Return how far the opening has come; None for a call that is not sealed."""
    sealing = sealing_of(call.case)
    if sealing is None:
        return None
    closed = list(unopened_in(call.case).defer("ciphertext", "shares"))
    handed_in = Envelope.objects.filter(opening__isnull=False, case__parent=call.case).count()
    turns = []
    for holder in sealing.holders.all():
        shares = OpenedShare.objects.filter(holder=holder)
        waits = {one.pk for one in closed} - set(shares.values_list("envelope_id", flat=True))
        given = shares.count()
        turns.append(HolderTurn(holder, given, given > 0 and not waits))
    return OpeningProgress(tuple(turns), sealing.threshold, len(closed), handed_in)


def papers_said(case: Case) -> frozenset[str] | None:
    """Return which papers a sealed proposal says it carries: all, until it is opened.

    Then the papers themselves are looked at. None where proposals are not sealed.
    """
    if sealing_of(case.parent) is None:
        return None
    return frozenset(procedure_of(case).documents)


def silent_holders(call: Call) -> tuple[str, ...]:
    """Return the names of the members who have not opened what still waits."""
    progress = progress_of_opening(call)
    turns = progress.turns if progress else ()
    return tuple(turn.holder.name for turn in turns if not turn.has_finished)


def holder_of(call: Call, person: Person) -> KeyHolder | None:
    """Return as which holder the person opens the call's proposals; None for others."""
    return holder_in(call.case, person)


def waits_for(call: Call, holder: KeyHolder) -> int:
    """Return for how many proposals the holder's part is still wanted."""
    sealing = sealing_of(call.case)
    return len(waiting_of(sealing, holder)) if sealing else 0


def unopened_proposal_of(call: Call, proposal: Proposal) -> Envelope | None:
    """Return the closed envelope of the proposal, while the call stands at the opening."""
    if call.case.stage != "opening":
        return None
    return unopened_in(call.case).filter(case_id=proposal.case_id).first()
