"""Parts that several papers of an agreement share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import override

from ashar.agreements.models import Agreement
from ashar.agreements.queries.agreements import SourceLine
from ashar.agreements.queries.words import said
from ashar.cases.models import Case
from ashar.cases.queries import paper_frame
from ashar.documents.core import Block, Cell, Column, Paper, Signature, Signatures, Table
from ashar.indicators.queries import Result

LANGUAGES = ("ky", "ru")
Blocks = Callable[[str], tuple[Block, ...]]


def both(
    case: Case, title: Callable[[], str], blocks: Blocks, *, number: str = "", subtitle: str = ""
) -> Mapping[str, Paper]:
    """Return the paper in Kyrgyz and Russian; title and blocks are made in each language."""
    papers = {}
    for tongue in LANGUAGES:
        with override(tongue):
            papers[tongue] = Paper(
                title=title(),
                subtitle=subtitle or said(case, "title", tongue),
                blocks=blocks(tongue),
                number=number,
                **paper_frame(case, tongue),
            )
    return papers


def day(value: date | None) -> str | None:
    """Write a day as papers do: 21.11.2026; None is not known."""
    return f"{value:%d.%m.%Y}" if value else None


def term(first: date | None, last: date | None) -> str | None:
    """Write a period as papers do."""
    return f"{day(first) or '…'} – {day(last) or '…'}" if first or last else None


def results_table(results: Sequence[Result], tongue: str, *, with_actual: bool) -> Table:
    """Return the results: what was promised, and what was reached if asked for."""
    columns = [Column("№", "center"), Column(_("Result"), width=7), Column(_("Unit"), width=3)]
    columns.append(Column(_("Target"), "center", width=2))
    if with_actual:
        columns.append(Column(_("Reached"), "center", width=2))
    rows: list[tuple[Cell, ...]] = []
    for number, one in enumerate(results, 1):
        cells: list[Cell] = [
            number,
            said(one.indicator, "title", tongue),
            said(one.indicator, "unit", tongue) or None,
            one.target_text or None,
        ]
        rows.append(tuple([*cells, one.actual_text or None] if with_actual else cells))
    return Table(tuple(columns), tuple(rows))


def funding_table(lines: Sequence[SourceLine]) -> Table:
    """Return the planned money by source with its shares."""
    columns = (
        Column(_("Source"), width=6),
        Column(_("Planned, som"), "money", width=3),
        Column("%", "center", width=1),
    )
    rows = tuple((line.label, line.planned, str(line.share).replace(".", ",")) for line in lines)
    return Table(columns, rows)


def signatures(agreement: Agreement, tongue: str) -> Signatures:
    """Return the lines for the signatures of both parties."""
    parties = [(_("Customer"), agreement.customer)]
    if agreement.contractor is not None:
        parties.append((_("Contractor"), agreement.contractor))
    return Signatures(
        tuple(
            Signature(f"{role}: {said(party, 'name', tongue)}", has_stamp=True)
            for role, party in parties
        )
    )
