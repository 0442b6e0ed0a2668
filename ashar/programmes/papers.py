"""The programme as an official paper."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _
from django.utils.translation import override

from ashar.cases.models import Case, Decision
from ashar.cases.queries import paper_frame, party_of
from ashar.documents.core import (
    Block,
    Column,
    Heading,
    KeyValues,
    Paper,
    Paragraph,
    Signature,
    Signatures,
    Table,
)
from ashar.programmes.models import Measure, Programme
from ashar.programmes.queries import by_source, measures_of, total


def programme(case: Case, _decision: Decision) -> Mapping[str, Paper]:
    """Return the approved programme in Kyrgyz and Russian."""
    found = Programme.objects.select_related("case").get(case=case)
    measures = measures_of(found)
    return {tongue: _in_language(case, found, measures, tongue) for tongue in ("ky", "ru")}


def _said(object_: object, name: str, tongue: str) -> str:
    other = "ru" if tongue == "ky" else "ky"
    said = getattr(object_, f"{name}_{tongue}") or getattr(object_, f"{name}_{other}")
    return str(said)


def _years(found: Programme) -> str:
    """Return the years from the first to the last; one year is said once."""
    if found.year_from == found.year_to:
        return str(found.year_from)
    return f"{found.year_from}–{found.year_to}"


def _in_language(case: Case, found: Programme, measures: list[Measure], tongue: str) -> Paper:
    with override(tongue):
        kenesh = party_of(case, "kenesh")
        resolution = _("No. %(number)s of %(day)s") % {
            "number": found.resolution_number,
            "day": f"{found.resolution_on:%d.%m.%Y}" if found.resolution_on else "",
        }
        facts = KeyValues(
            (
                (_("Approved by"), _said(kenesh, "name", tongue) if kenesh else None),
                (_("Resolution"), resolution),
                (_("Years"), _years(found)),
                (_("Total"), total(line.planned for m in measures for line in m.funding.all())),
            )
        )
        blocks: tuple[Block, ...] = (
            facts,
            Heading(_("Goal")),
            Paragraph(_said(found, "goal", tongue)),
            Heading(_("Measures")),
            _measures_table(measures, tongue),
            Heading(_("Money by source")),
            _sources_table(measures),
            Signatures((Signature(_("Chair of the kenesh"), has_stamp=True),)),
        )
        return Paper(title=_said(case, "title", tongue), blocks=blocks, **paper_frame(case, tongue))


def _measures_table(measures: list[Measure], tongue: str) -> Table:
    columns = (
        Column("№", "center"),
        Column(_("Need, place in the ranking"), width=4),
        Column(_("Measure and expected result"), width=6),
        Column(_("Planned, som"), "money", width=3),
    )
    rows = tuple(
        (
            number,
            f"{_said(one.need, 'title', tongue)} ({one.need.position})" if one.need else None,
            f"{_said(one, 'title', tongue)}. {_said(one, 'result', tongue)}",
            total(line.planned for line in one.funding.all()),
        )
        for number, one in enumerate(measures, 1)
    )
    everything = total(line.planned for one in measures for line in one.funding.all())
    return Table(columns, rows, totals=(None, _("Total"), None, everything))


def _sources_table(measures: list[Measure]) -> Table:
    columns = (Column(_("Source"), width=6), Column(_("Planned, som"), "money", width=3))
    rows = tuple((line.label, line.planned) for line in by_source(measures))
    return Table(columns, rows)


PAPERS = {"programme": programme}
