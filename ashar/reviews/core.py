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
        """Whether every criterion has its points."""
        return bool(self.points) and all(given is not None for given in self.points.values())
