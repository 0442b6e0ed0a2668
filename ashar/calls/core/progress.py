"""How far a commission has come, without any mark being told."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import Enum


class SheetState(Enum):
    """Where one member stands with one proposal."""

    UNDECLARED = "undeclared"
    EXCUSED = "excused"
    WAITING = "waiting"
    SCORED = "scored"


@dataclass(frozen=True)
class Cell:
    """One member and one proposal."""

    proposal: int
    member: int
    state: SheetState


@dataclass(frozen=True)
class Progress:
    """All cells, with what is still to be done."""

    cells: Mapping[tuple[int, int], SheetState]

    @classmethod
    def of(
        cls,
        proposals: Collection[int],
        members: Collection[int],
        declared: Mapping[tuple[int, int], bool],
        scored: Collection[tuple[int, int]],
    ) -> Progress:
        """Join proposals, members, declarations (True: has an interest) and complete sheets."""
        done = set(scored)
        return cls(
            {
                (proposal, member): _state(
                    declared.get((proposal, member)), (proposal, member) in done
                )
                for proposal in proposals
                for member in members
            }
        )

    def members_who_scored(self) -> frozenset[int]:
        """Return the members who gave at least one complete sheet."""
        return frozenset(m for (_p, m), state in self.cells.items() if state is SheetState.SCORED)

    def undeclared_members(self) -> frozenset[int]:
        """Return the members who have not declared on every proposal."""
        return frozenset(
            m for (_p, m), state in self.cells.items() if state is SheetState.UNDECLARED
        )


def _state(has_interest: bool | None, is_scored: bool) -> SheetState:  # noqa: FBT001 - both are facts
    if has_interest:
        return SheetState.EXCUSED
    if is_scored:
        return SheetState.SCORED
    return SheetState.UNDECLARED if has_interest is None else SheetState.WAITING


def unscored(progress: Progress) -> frozenset[int]:
    """Return proposals nobody scored, or that a member who takes part has not scored yet."""
    taking_part = progress.members_who_scored()
    proposals = {proposal for proposal, _member in progress.cells}
    scored = {p for (p, _m), state in progress.cells.items() if state is SheetState.SCORED}
    waited_for = {
        p
        for (p, m), state in progress.cells.items()
        if m in taking_part and state in {SheetState.WAITING, SheetState.UNDECLARED}
    }
    return frozenset((proposals - scored) | waited_for)
