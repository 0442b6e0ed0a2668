"""Scores, quantities and sources of money as readers write them."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import template

from ashar.calls.choices import CALL_STAGES
from ashar.calls.models import Call, Proposal
from ashar.calls.queries.opening import readiness_of
from ashar.calls.queries.proposals import said_source
from ashar.calls.queries.sealed import said_holders, sealing_for
from ashar.interface.words import reader_language

register = template.Library()
THOUSANDTHS = 1000


def _decimal(value: Fraction) -> str:
    text = f"{float(round(value, 2)):.2f}".rstrip("0").rstrip(".")
    return text if reader_language() == "en" else text.replace(".", ",")


@register.filter
def thousandths(value: int | None) -> str:
    """Write a frozen total, kept in thousandths, with at most two places."""
    return "—" if value is None else _decimal(Fraction(value, THOUSANDTHS))


@register.filter
def mean(value: Fraction | None) -> str:
    """Write a mean mark with at most two places."""
    return "—" if value is None else _decimal(Fraction(value))


@register.filter
def quantity(value: str) -> str:
    """Write a quantity as handed in without needless zeros."""
    return _decimal(Fraction(value)) if value else ""


@register.filter
def source(value: str) -> str:
    """Write a source of money in the reader's language."""
    return said_source(value)


@register.filter
def call_stage(value: str) -> str:
    """Say in words where a contest stands."""
    return str(CALL_STAGES.get(value, value))


@register.inclusion_tag("calls/_how_closed.html")
def how_closed(call: Call, own: Proposal | None) -> dict[str, Any]:
    """Say who can read the call's proposals, and when."""
    sealing = sealing_for(call)
    return {"call": call, "own": own, "keys": said_holders(sealing) if sealing else None}


@register.inclusion_tag("calls/_seals_ready.html")
def seals_ready(call: Call) -> dict[str, Any]:
    """Say which members have a seal, and what that means for the announcement."""
    return {"readiness": readiness_of(call)}
