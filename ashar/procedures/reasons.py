"""Why something cannot be done: a reason, and the article it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ashar.kernel.money import Som
from ashar.kernel.text import Wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ashar.procedures.model import Citation, Clause

Param = str | int | Wording | Som | tuple["str | int | Wording | Som", ...]


@dataclass(frozen=True, init=False)
class Reason:
    """A reason by key; its words stand in law/refusals.yaml, with places for the params."""

    key: str
    params: Mapping[str, Param]

    def __init__(self, key: str, params: Mapping[str, Param] | None = None, **named: Param) -> None:
        """Take the params as a mapping or by name."""
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "params", {**(params or {}), **named})

    def __hash__(self) -> int:
        """Hash by key: params are a mapping."""
        return hash(self.key)


@dataclass(frozen=True)
class Refusal:
    """A reason against a move, with the citation of the move; `clause` is the condition unmet."""

    reason: Reason
    cite: Citation | None = None
    clause: Clause | None = None


class Refused(Exception):
    """The move cannot be made now; `refusals` say why."""

    def __init__(self, refusals: tuple[Refusal, ...]) -> None:
        """Keep the refusals."""
        super().__init__(", ".join(refusal.reason.key for refusal in refusals))
        self.refusals = refusals
