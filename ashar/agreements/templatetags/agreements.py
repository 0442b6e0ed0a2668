"""The stage of a case and the condition of a tranche, in the reader's words."""

from __future__ import annotations

from django import template

from ashar.agreements.models import Tranche
from ashar.agreements.queries.agreements import condition_in_words
from ashar.cases.models import Case
from ashar.cases.queries import language, stage_of

register = template.Library()


@register.filter
def stage(case: Case) -> str:
    """Return the stage of the case in words."""
    return stage_of(case).title.say(language())


@register.filter
def condition(tranche: Tranche) -> str:
    """Return after what the tranche is paid."""
    return condition_in_words(tranche)
