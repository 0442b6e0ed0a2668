"""The data of one card, as it is given to the person it is about."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils import timezone

from ashar.people.models import Card


def card_data(card: Card, cleared: Collection[str]) -> dict[str, Any]:
    """Return everything on a card, its history and who read it, for the person herself.

    Particulars that the clerk is not cleared for are only named: another clerk gives them.
    """
    return {
        "made": timezone.now().isoformat(timespec="seconds"),
        "card": {
            "reference": card.ref,
            "surname": card.surname,
            "name": card.name,
            "patronymic": card.patronymic,
            "personal number": card.pin,
            "born": card.born_on.isoformat() if card.born_on else card.birth_year,
            "sex": card.sex,
            "telephone": card.phone,
            "address": card.address,
            "village": card.village.name_ky if card.village else "",
        },
        "particulars": [
            {"kind": one.kind, "text": one.text if one.kind in cleared else "…",
             "written": _when(one.written_at)}
            for one in card.particulars.all()
        ],
        "consents": [
            {"kind": one.kind, "wording": one.wording, "given": one.given_on.isoformat(),
             "taken back": one.withdrawn_on and one.withdrawn_on.isoformat()}
            for one in card.consents.all()
        ],
        "corrections": [
            {"before": one.before, "reason": one.reason, "when": _when(one.corrected_at)}
            for one in card.corrections.all()
        ],
        "read by": [
            {"who": str(one.reader), "why": one.purpose, "when": _when(one.opened_at)}
            for one in card.readings.select_related("reader__person")
        ],
    }  # fmt: skip


def _when(moment: Any) -> str:
    return str(moment.isoformat(timespec="seconds"))
