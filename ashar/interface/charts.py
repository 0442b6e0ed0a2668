"""Charts drawn on the server as SVG, each with the same numbers as a table.

Widths are percentages of the page and text has its own size, so that a chart reads alike on a
phone, on a desk and on paper, and nothing is cut off.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from ashar.interface.words import reader_language
from ashar.kernel.money import Som

Value = int | float | Som
Chart = SafeString
COLOURS = ("#0b4f6c", "#b3272d", "#c98a1b", "#3d8f7d", "#6d5a8d", "#7a6a58")
_LABEL_SIGNS = 38  # signs of the widest Kyrgyz label that fit a phone of 320 px
_LINE, _BAR, _GAP = 19, 20, 16
_BAR_SHARE = 72.0  # per cent; the rest is for the number behind the bar
_PLOT = 200


def bar_chart(title: str, rows: Iterable[tuple[str, Value]], *, unit: str = "") -> Chart:
    """Draw one bar for each (label, value)."""
    listed = [(str(label), value) for label, value in rows]
    largest = max((_size(value) for _label, value in listed), default=0) or 1
    parts, top = [], 0
    for label, value in listed:
        lines = _wrapped(label)
        parts.append(_text_lines(lines, top))
        top += _LINE * len(lines)
        width = max(_size(value) / largest * _BAR_SHARE, 0)
        parts.append(_rect(0, top, width, COLOURS[0]))
        parts.append(
            f'<text x="{width:.1f}%" dx="8" y="{top + 15}" font-weight="700">'
            f"{escape(_said(value, unit))}</text>"
        )
        top += _BAR + _GAP
    table = _table(("", unit), [(label, (value,)) for label, value in listed])
    return _figure(title, _svg(title, parts, top), "", table)


def stacked_bar(
    title: str, names: Sequence[str], rows: Iterable[tuple[str, Sequence[Value]]], *, unit: str = ""
) -> Chart:
    """Draw for each label one bar made of as many parts as there are names."""
    listed = [(str(label), tuple(values)) for label, values in rows]
    largest = max((sum(map(_size, values)) for _label, values in listed), default=0) or 1
    parts, top = [], 0
    for label, values in listed:
        lines = _wrapped(label)
        parts.append(_text_lines(lines, top))
        top += _LINE * len(lines)
        left = 0.0
        for position, value in enumerate(values):
            width = _size(value) / largest * 100
            parts.append(_rect(left, top, width, _colour(position)))
            left += width
        top += _BAR + _GAP
    table = _table(("", *names), listed, unit)
    return _figure(title, _svg(title, parts, top), _legend(names), table)


def line_chart(
    title: str, times: Sequence[str], series: Sequence[tuple[str, Sequence[Value | None]]]
) -> Chart:
    """Draw one line for each series over the same times; a gap is a value nobody knows."""
    known = [_size(value) for _name, values in series for value in values if value is not None]
    largest = max(known, default=0) or 1
    step = 100 / max(len(times) - 1, 1)
    lines = []
    for position, (_name, values) in enumerate(series):
        points = [
            (number * step, 100 - _size(value) / largest * 100)
            for number, value in enumerate(values)
            if value is not None
        ]
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        lines.append(
            f'<polyline points="{drawn}" fill="none" stroke="{_colour(position)}" stroke-width="3"'
            f' stroke-dasharray="{"none" if not position else 4 + 4 * position}"'
            ' vector-effect="non-scaling-stroke"/>'
        )
    plot = (
        f'<svg x="2%" y="24" width="96%" height="{_PLOT}" viewBox="0 0 100 100"'
        f' preserveAspectRatio="none" overflow="visible"><path d="M0 0H100M0 50H100M0 100H100"'
        f' stroke="#d8d2c6" vector-effect="non-scaling-stroke"/>{"".join(lines)}</svg>'
    )
    top = f'<text x="2%" y="15">{escape(_said(_largest(series), ""))}</text>'
    parts = [top, plot, *_time_labels(times)]
    table = _table(("", *times), [(name, tuple(values)) for name, values in series])
    legend = _legend([name for name, _values in series])
    return _figure(title, _svg(title, parts, _PLOT + 52), legend, table)


def _time_labels(times: Sequence[str]) -> list[str]:
    """Write the first, middle and last time under the lines: more would collide on a phone."""
    ends = {0: ("2%", "start"), len(times) - 1: ("98%", "end")}
    if len(times) % 2 and len(times) > 2:  # noqa: PLR2004 - there is a middle one
        ends[len(times) // 2] = ("50%", "middle")
    return [
        f'<text x="{x}" y="{_PLOT + 46}" text-anchor="{anchor}">{escape(times[number])}</text>'
        for number, (x, anchor) in ends.items()
        if times
    ]


def _largest(series: Sequence[tuple[str, Sequence[Value | None]]]) -> Value:
    values = [value for _name, many in series for value in many if value is not None]
    return max(values, key=_size, default=0)


def _size(value: Value) -> float:
    return value.tyiyn / 100 if isinstance(value, Som) else float(value)


def _said(value: Value | None, unit: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, Som):
        return value.say(reader_language())
    digits = f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"
    written = digits.replace(",", "\u00a0")
    if reader_language() != "en":
        written = written.replace(".", ",")
    return f"{written}\u00a0{unit}" if unit else written


def _colour(position: int) -> str:
    return COLOURS[position % len(COLOURS)]


def _wrapped(label: str) -> list[str]:
    return textwrap.wrap(label, _LABEL_SIGNS) or [""]


def _text_lines(lines: Sequence[str], top: int) -> str:
    return "".join(
        f'<text y="{top + _LINE * number + 14}">{escape(line)}</text>'
        for number, line in enumerate(lines)
    )


def _rect(left: float, top: int, width: float, colour: str) -> str:
    return (
        f'<rect x="{left:.2f}%" y="{top}" width="{width:.2f}%" height="{_BAR}" fill="{colour}"'
        ' stroke="#fff"/>'
    )


def _svg(title: str, parts: Iterable[str], height: int) -> str:
    return (
        f'<svg class="ashar-chart__picture" role="img" aria-label="{escape(title)}" width="100%"'
        f' height="{height}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _legend(names: Sequence[str]) -> SafeString:
    items = format_html_join(
        "",
        '<li><svg width="14" height="14" aria-hidden="true"><rect width="14" height="14"'
        ' fill="{}"/></svg> {}</li>',
        ((_colour(position), name) for position, name in enumerate(names)),
    )
    return format_html('<ul class="ashar-chart__legend">{}</ul>', items)


def _table(
    heads: Sequence[str], rows: Sequence[tuple[str, Sequence[Any]]], unit: str = ""
) -> SafeString:
    head = format_html_join(
        "", '<th scope="col" class="govuk-table__header">{}</th>', ((h,) for h in heads[1:])
    )
    body = format_html_join(
        "",
        '<tr class="govuk-table__row"><th scope="row" class="govuk-table__header">{}</th>{}</tr>',
        ((label, _cells(values, unit)) for label, values in rows),
    )
    return format_html(
        '<table class="govuk-table ashar-table--small"><thead><tr><td></td>{}</tr></thead>'
        "<tbody>{}</tbody></table>",
        head if any(heads) else "",
        body,
    )


def _cells(values: Sequence[Any], unit: str) -> SafeString:
    return format_html_join(
        "",
        '<td class="govuk-table__cell govuk-table__cell--numeric">{}</td>',
        ((_said(value, unit),) for value in values),
    )


def _figure(title: str, svg: str, legend: str, table: SafeString) -> Chart:
    return format_html(
        '<figure class="ashar-chart"><figcaption class="govuk-heading-s">{}</figcaption>{}{}'
        '<details class="govuk-details"><summary class="govuk-details__summary">'
        '<span class="govuk-details__summary-text">{}</span></summary>'
        '<div class="govuk-details__text ashar-scroll" role="region" tabindex="0" aria-label="{}">'
        "{}</div></details></figure>",
        title,
        mark_safe(svg),  # noqa: S308 - every text in it was escaped above
        legend,
        _("The same as numbers"),
        title,
        table,
    )
