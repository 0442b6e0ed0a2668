"""Faults of the law files as faults of the start: Ashar does not run on an unsound procedure."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Error

from ashar.cases.queries import law
from ashar.procedures.check import library_problems
from ashar.procedures.lock import lock_check
from ashar.procedures.registry import registry


def law_is_sound(**_options: Any) -> list[CheckMessage]:
    """Return every fault of the law files, and every released edition that has changed."""
    faults: list[CheckMessage] = [
        Error(
            f"{one.path}, line {one.line}, at {one.place}: {one.says}.",
            hint=one.remedy,
            id="cases.E001",
        )
        for one in library_problems(law(), registry)
    ]
    faults += [
        Error(sentence, hint="Restore the file; a change of law is a new edition.", id="cases.E002")
        for sentence in lock_check(law().root)
    ]
    return faults
