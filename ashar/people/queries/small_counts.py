"""How small a count of people may be to be published, and who says so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from ashar.kernel.text import Wording
from ashar.places.models import Territory


@dataclass(frozen=True)
class Threshold:
    """The least count that is published, and whose figure this is."""

    least: int
    whose: Wording


@cache
def _written() -> dict[str, Any]:
    path = Path(settings.LAW_DIR) / "small_counts.yaml"
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["small_counts"]
    return read


def threshold(place: Territory | None = None) -> Threshold:
    """Return the threshold of the municipality in which the place lies, else the one for all."""
    written = _written()
    local = written["local"]
    codes = place.path.strip("/").split("/") if place and local else []
    found = next((local[code] for code in reversed(codes) if code in local), written)
    return Threshold(int(found["least"]), Wording(**found["whose"]))
