"""A synthetic person; nobody real is ever in a test."""

from __future__ import annotations

from datetime import date

from ashar.people import actions


def draft(**further):
    """A synthetic person."""
    values = {
        "surname": "Синтетикова", "name": "Өрүктү", "patronymic": "Тестовна",
        "pin": "11503199000077", "born_on": date(1990, 3, 15), "phone": "0555 000 111",
        "address": "Бирдик к. 7", "sex": "women",
    }  # fmt: skip
    return actions.CardDraft(**{**values, **further})
