"""The wording of each consent, by version, as text under version control."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings

from ashar.kernel.text import Wording


@dataclass(frozen=True)
class ConsentWording:
    """One version of the wording of a consent."""

    kind: str
    version: str
    text: Wording


@cache
def wordings() -> dict[str, ConsentWording]:
    """Return the newest wording of each kind of consent."""
    path = Path(settings.LAW_DIR) / "consents.yaml"
    read: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    found = {}
    for kind, versions in read["consents"].items():
        version = max(versions)
        found[kind] = ConsentWording(kind, version, Wording(**versions[version]))
    return found
