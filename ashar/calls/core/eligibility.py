"""Rules of eligibility that the register of organisations can answer by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol


class Applicant(Protocol):
    """What a rule needs to know of an organisation."""

    kind: str
    registration_number: str
    territory_id: int | None


_REGISTERED_KINDS = frozenset(
    {"non_commercial", "legal_entity", "entrepreneur", "political_party", "trade_union",
     "religious", "aiyl_okmotu", "mayors_office", "ministry", "donor"}
)  # fmt: skip
_BARRED_KINDS = frozenset({"political_party", "trade_union", "religious"})


def _legal_entity_or_entrepreneur(applicant: Applicant) -> bool | None:
    return applicant.kind in _REGISTERED_KINDS


def _registered(applicant: Applicant) -> bool | None:
    # No number in our register does not prove that there is none: a person looks.
    return True if applicant.registration_number else None


def _not_party_union_religious(applicant: Applicant) -> bool | None:
    return applicant.kind not in _BARRED_KINDS


def _resident_or_organisation(applicant: Applicant) -> bool | None:
    return True if applicant.territory_id else None


AUTOMATIC: Mapping[str, Callable[[Applicant], bool | None]] = {
    "legal_entity_or_entrepreneur": _legal_entity_or_entrepreneur,
    "registered": _registered,
    "not_party_union_religious": _not_party_union_religious,
    "resident_or_organisation": _resident_or_organisation,
}


def automatic_check(name: str | None, applicant: Applicant) -> bool | None:
    """Return what the register says of the rule's check; None when a person must look."""
    function = AUTOMATIC.get((name or "").removeprefix("is_"))
    return function(applicant) if function else None
