"""Writes of indicators: the results table of a case, and observations that are never overwritten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone

from ashar.cases.models import Case
from ashar.documents.models import Document
from ashar.indicators.core import NOUGHT, Crossing
from ashar.indicators.models import Indicator, Observation
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account


class AlreadyReplaced(Exception):
    """Somebody corrected the same observation meanwhile."""


@dataclass(frozen=True)
class IndicatorText:
    """A row of the results table: what is measured, in what unit, from where to where."""

    title_ky: str
    title_ru: str = ""
    unit_ky: str = ""
    unit_ru: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    counts_people: bool = False
    key: str = ""


@dataclass(frozen=True)
class Evidence:
    """Where a value comes from: its day, a paper, or the words of a source and how exact."""

    observed_on: date | None = None
    document: Document | None = None
    source: str = ""
    bound: str = ""


@deed
def write_indicators(
    case: Case, rows: Sequence[IndicatorText], *, by: Account | None
) -> list[Indicator]:
    """Write the results table of a case anew; rows are matched by their place in it."""
    known = {one.position: one for one in Indicator.objects.filter(case=case)}
    written = []
    for position, row in enumerate(rows, 1):
        indicator = known.pop(position, None) or Indicator(case=case, position=position)
        for name, value in vars(row).items():
            setattr(indicator, name, value)
        indicator.save()
        written.append(indicator)
    Indicator.objects.filter(pk__in=[one.pk for one in known.values()]).delete()
    journal.write(
        "results_table_written",
        subject=f"case:{case.ref}",
        case_ref=case.ref,
        by=by,
        data={"rows": len(written)},
    )
    return written


@deed
def observe(
    indicator: Indicator,
    case: Case,
    seen: Mapping[Crossing, Decimal],
    *,
    by: Account | None,
    evidence: Evidence | None = None,
) -> None:
    """Record what was seen of the indicator in the case; `seen` is all of it.

    What is unchanged stays; what changed is replaced by a new observation; what is no longer
    there is replaced by nought. Nothing is ever overwritten.
    """
    proof = evidence or Evidence()
    in_force = {
        crossing_of(one): one
        for one in Observation.objects.filter(
            indicator=indicator, case=case, replaced_by__isnull=True
        )
    }
    changed = 0
    for crossing, value in {**dict.fromkeys(in_force, NOUGHT), **seen}.items():
        old = in_force.get(crossing)
        if old is not None and old.value == value:
            continue
        new = _record(indicator, case, crossing, value, by=by, evidence=proof)
        if old is not None:
            _replace(old, new)
        changed += 1
    if changed:
        journal.write(
            "observed",
            subject=f"indicator:{indicator.pk}",
            case_ref=case.ref,
            by=by,
            data={"values": changed},
        )


@deed
def correct(
    observation: Observation, value: Decimal, *, by: Account | None, source: str = ""
) -> Observation:
    """Put a new value in the place of an observation; the old one stays to be read.

    Raises AlreadyReplaced when somebody corrected it meanwhile.
    """
    new = _record(
        observation.indicator,
        observation.case,
        crossing_of(observation),
        value,
        by=by,
        evidence=Evidence(observation.observed_on, observation.evidence, source),
    )
    _replace(observation, new)
    journal.write(
        "observation_corrected",
        subject=f"indicator:{observation.indicator_id}",
        case_ref=observation.case.ref,
        by=by,
        data={"from": str(observation.value), "to": str(value)},
    )
    return new


def crossing_of(observation: Observation) -> Crossing:
    """Return whose value the observation is."""
    return Crossing(
        observation.sex,
        observation.age_band,
        observation.with_disability,
        observation.territory_id,
    )


def _record(
    indicator: Indicator,
    case: Case,
    crossing: Crossing,
    value: Decimal,
    *,
    by: Account | None,
    evidence: Evidence,
) -> Observation:
    return Observation.objects.create(
        indicator=indicator,
        case=case,
        territory_id=crossing.territory,
        sex=crossing.sex,
        age_band=crossing.age_band,
        with_disability=crossing.with_disability,
        value=value,
        bound=evidence.bound,
        observed_on=evidence.observed_on,
        evidence=evidence.document,
        source=evidence.source[:300],
        recorded_by=by,
        recorded_at=timezone.now(),
    )


def _replace(old: Observation, new: Observation) -> None:
    """Let the new observation stand for the old one, unless another already does."""
    replaced = Observation.objects.filter(pk=old.pk, replaced_by__isnull=True).update(
        replaced_by=new
    )
    if not replaced:
        raise AlreadyReplaced
