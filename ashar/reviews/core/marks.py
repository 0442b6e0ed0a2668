"""What a member hands in about one case, before it is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Marks:
    """Points and reasons by criterion; None where nothing was given yet."""

    points: Mapping[str, int | None]
    comments: Mapping[str, str] = field(default_factory=dict)
    advice: str = ""

    @property
    def is_complete(self) -> bool:
        """Whether every criterion has its points and the reason published with them."""
        given = self.points.values()
        return bool(given) and None not in given and not self.unreasoned

    @property
    def unreasoned(self) -> tuple[str, ...]:
        """Criteria with points of which nobody said why."""
        return tuple(
            criterion
            for criterion, points in self.points.items()
            if points is not None and not self.comments.get(criterion, "").strip()
        )
