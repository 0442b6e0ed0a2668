"""Writes of programmes: opening one, its measures and the money planned for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F

from ashar.cases.actions import Opening, open_case, retitle_case
from ashar.cases.models import Case, Decision
from ashar.events.actions import ChangedMeanwhile
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.kernel.money import Som
from ashar.needs.models import Need
from ashar.parties.models import Account, Organisation
from ashar.places.models import Territory
from ashar.programmes.models import Measure, MeasureFunding, Programme

PROCEDURE = "social_order_programme"


@dataclass(frozen=True)
class ProgrammeText:
    """What a programme says of itself before its measures."""

    title_ky: str
    title_ru: str
    goal_ky: str
    goal_ru: str
    year_from: int
    year_to: int


@dataclass(frozen=True)
class MeasureText:
    """What a measure says: the ranked need it answers, and the result expected."""

    title_ky: str
    title_ru: str
    result_ky: str
    result_ru: str
    need: Need | None


@deed
def open_programme(
    text: ProgrammeText,
    *,
    territory: Territory,
    municipality: Organisation,
    kenesh: Organisation,
    parent: Case | None,
    by: Account | None,
) -> Programme:
    """Begin the draft of a programme of social orders; the parent is the gathering's case."""
    case = open_case(
        Opening(
            procedure=PROCEDURE,
            track="programme",
            territory=territory,
            title_ky=text.title_ky,
            title_ru=text.title_ru,
            parent=parent,
            parties={"municipality": municipality, "kenesh": kenesh},
        ),
        by=by,
    )
    return Programme.objects.create(
        case=case,
        goal_ky=text.goal_ky,
        goal_ru=text.goal_ru,
        year_from=text.year_from,
        year_to=text.year_to,
    )


def claim_draft(programme: Programme, version: int | None) -> None:
    """Take the next version of the draft, so that no second writer and no move comes between.

    Raises ChangedMeanwhile when it is no longer a draft, or not the version that was read.
    """
    rows = Case.objects.filter(pk=programme.case_id, stage="drafting")
    if version is not None:
        rows = rows.filter(version=version)
    if not rows.update(version=F("version") + 1):
        raise ChangedMeanwhile


@deed
def edit_programme(
    programme: Programme, text: ProgrammeText, *, by: Account, version: int | None = None
) -> None:
    """Write the draft's title, goal and years anew; raises ChangedMeanwhile."""
    claim_draft(programme, version)
    retitle_case(programme.case, title_ky=text.title_ky, title_ru=text.title_ru)
    Programme.objects.filter(pk=programme.pk).update(
        goal_ky=text.goal_ky,
        goal_ru=text.goal_ru,
        year_from=text.year_from,
        year_to=text.year_to,
    )
    _journal("programme_edited", programme, by)


@deed
def write_measure(
    programme: Programme,
    text: MeasureText,
    *,
    funding: dict[tuple[str, int], Som],
    measure: Measure | None = None,
    by: Account | None,
    version: int | None = None,
) -> Measure:
    """Add a measure, or write an existing one anew; `funding` maps (source, year) to money.

    Raises ChangedMeanwhile when somebody saved the draft after this version was read.
    """
    claim_draft(programme, version)
    fields = {
        "title_ky": text.title_ky,
        "title_ru": text.title_ru,
        "result_ky": text.result_ky,
        "result_ru": text.result_ru,
        "need": text.need,
    }
    if measure is None:
        position = programme.measures.count() + 1
        measure = Measure.objects.create(programme=programme, position=position, **fields)
    else:
        Measure.objects.filter(pk=measure.pk).update(**fields)
    MeasureFunding.objects.filter(measure=measure).delete()
    MeasureFunding.objects.bulk_create(
        MeasureFunding(measure=measure, source=source, year=year, planned=amount)
        for (source, year), amount in funding.items()
    )
    _journal("measure_written", programme, by, measure=measure.ref)
    return measure


@deed
def remove_measure(measure: Measure, *, by: Account) -> None:
    """Take a measure out of the draft; the journal keeps that it was there."""
    programme = measure.programme
    claim_draft(programme, None)
    _journal("measure_removed", programme, by, measure=measure.ref, title=measure.title_ky)
    position = measure.position
    measure.delete()
    Measure.objects.filter(programme=programme, position__gt=position).update(
        position=F("position") - 1
    )


def record_resolution(case: Case, decision: Decision) -> None:
    """Write the number and date of the kenesh's resolution on the programme."""
    Programme.objects.filter(case=case).update(
        resolution_number=str(decision.answers["resolution_number"]),
        resolution_on=date.fromisoformat(str(decision.answers["resolution_date"])),
    )


def _journal(action: str, programme: Programme, by: Account | None, **data: str) -> None:
    journal.write(
        action,
        subject=f"programme:{programme.case.ref}",
        case_ref=programme.case.ref,
        by=by,
        data=data,
    )
