"""Common to all drafts of this room: whose turn it is to save, and the journal."""

from __future__ import annotations

from typing import Any

from django.db.models import F

from ashar.cases.actions import hold_stage
from ashar.cases.models import Case
from ashar.journal import actions as journal
from ashar.parties.models import Account


class ChangedMeanwhile(Exception):
    """Somebody else saved the same draft between its reading and this click."""


class NotNow(Exception):
    """The case has left the stage in which this may be written."""


def claim(draft: Any, version: int | None, *stages: str) -> None:
    """Take the next version of a draft whose case stands at one of the stages.

    Raises ChangedMeanwhile when somebody saved since `version`, NotNow when the case moved on.
    """
    model = type(draft)
    rows = model.objects.filter(pk=draft.pk)
    if stages and not hold_stage(draft.case, *stages):
        raise NotNow
    if version is not None:
        rows = rows.filter(draft_version=version)
    if not rows.update(draft_version=F("draft_version") + 1):
        raise ChangedMeanwhile
    draft.refresh_from_db(fields=["draft_version"])


def note(action: str, case: Case, by: Account | None, **data: object) -> None:
    """Write a line of the journal under the case."""
    journal.write(action, subject=f"case:{case.ref}", case_ref=case.ref, by=by, data=data)
