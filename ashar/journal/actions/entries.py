"""Writing the journal: one thing a person does, one line."""

from __future__ import annotations

from typing import Any

from django.db import models

from ashar.journal.actions.appending import Pending
from ashar.journal.actions.deeds import say

_LONGEST = 200


def write(
    action: str,
    *,
    subject: models.Model | str,
    by: Any,
    case_ref: str = "",
    data: dict[str, Any] | None = None,
    mandate: str = "",
) -> None:
    """Write who did what, as a part of the present deed; both happen or neither.

    `subject` is a row or its name as text ("cases.case:K7M2-9QXDT"). `data` holds what JSON
    holds and no personal data: lines of the journal are never removed.
    """
    is_account = getattr(by, "pk", None) is not None
    say(
        Pending(
            action=action[:100],
            subject=(subject if isinstance(subject, str) else subject_of(subject))[:_LONGEST],
            case_ref=case_ref,
            actor_account=by.pk if is_account else None,
            actor_name=str(by)[:_LONGEST] if is_account else "",
            mandate=mandate,
            data=data or {},
        )
    )


def subject_of(row: models.Model) -> str:
    """The name of a row in the journal: its table and its public reference."""
    ref = getattr(row, "ref", None) or row.pk
    return f"{row._meta.label_lower}:{ref}"  # noqa: SLF001 - Django's documented name
