"""Lists alike everywhere: search, filters, a count, paging, sorting, Excel, a helpful empty page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from typing import Any

import django_filters
import django_tables2 as tables
import xlsxwriter
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_tables2.config import RequestConfig
from django_tables2.data import TableQuerysetData

from ashar.interface.exports import is_unwritable, looks_like_formula
from ashar.interface.forms import AsharForm
from ashar.interface.templatetags.ashar import day, moment, som
from ashar.interface.words import named
from ashar.kernel.money import Som
from ashar.kernel.text import search_key

PAGE = 25
EXPORT = "xlsx"
MOST_EXPORTED = 100_000
LONGEST_SEARCH = 100
LONGEST_SHEET_NAME = 31
LONGEST_CELL = 32_767  # what Excel reads in one cell
SHEET_SIGNS = re.compile(r"[\[\]:*?/\\]")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SearchFilter(django_filters.CharFilter):
    """Finds words in stored search keys, with or without Kyrgyz letters, in any order."""

    def __init__(self, *paths: str, **options: Any) -> None:
        options.setdefault("label", gettext_lazy("Search"))
        super().__init__(max_length=LONGEST_SEARCH, **options)
        self.paths = paths

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        """Keep what has every word in one of the keys."""
        for word in search_key(value or "").split():
            found = Q()
            for path in self.paths:
                found |= Q(**{f"{path}__contains": word})
            qs = qs.filter(found)
        return qs


class FilterForm(AsharForm):
    """Filters look like every other form."""


class AsharFilterSet(django_filters.FilterSet):
    """The base of every set of filters."""

    class Meta:
        form = FilterForm

    def get_form_class(self) -> Any:
        """Draw with our own form, whatever the subclass says in its Meta."""
        fields = {name: filter_.field for name, filter_ in self.filters.items()}
        for field in fields.values():
            field.required = False
        return type("Filters", (FilterForm,), fields)


class AsharTable(tables.Table):
    """The base of every list; rows become cards on a phone."""

    class Meta:
        template_name = "_table.html"
        attrs = {"class": "govuk-table ashar-table"}


class NamedColumn(tables.Column):
    """The name (or `stem="title"`) in the reader's language; sorts by the `order_by` given."""

    def __init__(self, stem: str = "name", **options: Any) -> None:
        options.setdefault("empty_values", ())
        options.setdefault("orderable", "order_by" in options)
        options.setdefault("accessor", "pk")
        self.stem, self.of = stem, options.pop("of", "")
        super().__init__(**options)

    def render(self, record: Any) -> str:
        """Return the words of the record, or of what it refers to."""
        return named(_follow(record, self.of), self.stem)

    def value(self, record: Any) -> str:
        """Export the same words."""
        return self.render(record)


def _follow(record: Any, path: str) -> Any:
    for name in path.split("__") if path else ():
        record = getattr(record, name, None)
    return record


class SomColumn(tables.Column):
    """An amount; a number in Excel."""

    attrs = {"td": {"class": "govuk-table__cell--numeric"}, "th": {"class": "ashar-numeric"}}

    def render(self, value: Som) -> str:
        """Write the amount for the reader."""
        return som(value)

    def value(self, value: Som) -> Som:
        """Export the amount itself."""
        return value


class DayColumn(tables.Column):
    """A day in words; a date in Excel."""

    def render(self, value: date) -> str:
        """Write the day for the reader."""
        return day(value)

    def value(self, value: date) -> date:
        """Export the day itself."""
        return value


class MomentColumn(DayColumn):
    """A day and an hour."""

    def render(self, value: date) -> str:
        """Write the moment for the reader."""
        return moment(value) if isinstance(value, datetime) else day(value)


class PageRows(TableQuerysetData):
    """Rows of a list; a page first finds its keys and then reads only its own records.

    The database passes over everything before a page: over bare keys that costs little, so
    that the last page of ten thousand costs about what the first does.
    """

    def __getitem__(self, wanted: Any) -> Any:
        """Return the records of a page in the order of the list."""
        if not isinstance(wanted, slice):
            return super().__getitem__(wanted)
        keys = list(self.data.values_list("pk", flat=True)[wanted])
        found = self.data.order_by().in_bulk(keys)
        return [found[key] for key in keys if key in found]


def listing(  # noqa: PLR0913 - a list page is described by these and no fewer
    request: HttpRequest,
    *,
    queryset: QuerySet[Any],
    table: type[AsharTable],
    page_title: str,
    empty: str,
    filterset: type[django_filters.FilterSet] | None = None,
    template: str = "list.html",
    context: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Answer with a page of the list, or with the whole filtered list as an Excel file.

    `empty` says what to do when nothing was ever entered.
    """
    filters = filterset(request.GET, queryset=queryset, request=request) if filterset else None
    rows = filters.qs if filters is not None else queryset
    drawn = table(PageRows(rows))
    if request.GET.get("to") == EXPORT:
        RequestConfig(request, paginate=False).configure(drawn)
        return excel(drawn, page_title, _list_name(request))
    RequestConfig(request, paginate={"per_page": PAGE, "silent": True}).configure(drawn)
    chosen = {key: value for key, value in request.GET.items() if key not in {"page", "sort", "to"}}
    about = {
        "table": drawn,
        "filters": filters.form if filters is not None else None,
        "is_filtered": any(chosen.values()),
        "count": drawn.paginator.count,
        "page_title": page_title,
        "empty": empty,
        "excel_url": _excel_url(request),
    }
    return render(request, template, {**about, **(context or {})})


def _excel_url(request: HttpRequest) -> str:
    asked = request.GET.copy()
    asked.pop("page", None)
    asked["to"] = EXPORT
    return f"?{asked.urlencode()}"


def _list_name(request: HttpRequest) -> str:
    """Return how a list is called in the name of its file: by the room of its address."""
    match = request.resolver_match
    if match is None:
        return ""
    words = [*match.namespaces, *([match.url_name] if match.url_name != "index" else [])]
    return "-".join(dict.fromkeys(word.replace("_", "-") for word in words if word))


def _sheet_name(title: str) -> str:
    """Return the title as Excel lets a sheet be called: short, and without its own signs."""
    return SHEET_SIGNS.sub(" ", title).strip()[:LONGEST_SHEET_NAME].strip(" '")


def excel(table: AsharTable, title: str, list_name: str = "") -> HttpResponse:
    """Return the table as an Excel file in which everything typed is data, never a formula.

    The file is called by the list and the day, its sheet by the title of the page.
    """
    made = BytesIO()
    book = xlsxwriter.Workbook(
        made,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False},
    )
    styles = {
        "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "day": book.add_format({"num_format": "dd.mm.yyyy"}),
        "moment": book.add_format({"num_format": "dd.mm.yyyy hh:mm"}),
    }
    styles["text"] = book.add_format({"num_format": "@", "quote_prefix": True})
    book.set_properties({"title": title})
    sheet = book.add_worksheet(_sheet_name(title) or None)
    heads = [column.header for column in table.columns]
    sheet.set_column(0, max(len(heads) - 1, 0), 24)
    for number, head in enumerate(heads):
        sheet.write_string(0, number, str(head), styles["head"])
    sheet.freeze_panes(1, 0)
    names = [column.name for column in table.columns]
    for line, row in enumerate(islice(table.rows, MOST_EXPORTED), start=1):
        _write_row(sheet, line, [row.get_cell_value(name) for name in names], styles)
    book.close()
    answer = HttpResponse(made.getvalue(), content_type=XLSX)
    name = "-".join(filter(None, ("ashar", list_name, f"{timezone.localdate():%Y-%m-%d}.xlsx")))
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _write_row(sheet: Any, line: int, row: list[Any], styles: Mapping[str, Any]) -> None:
    for number, value in enumerate(row):
        if isinstance(value, Som):
            sheet.write_number(line, number, value.tyiyn / 100, styles["money"])
        elif isinstance(value, datetime):
            plain = timezone.localtime(value).replace(tzinfo=None)
            sheet.write_datetime(line, number, plain, styles["moment"])
        elif isinstance(value, date):
            sheet.write_datetime(line, number, value, styles["day"])
        elif isinstance(value, int | float) and not isinstance(value, bool):
            sheet.write_number(line, number, value)
        else:
            _write_text(sheet, line, number, _said(value), styles["text"])


def _write_text(sheet: Any, line: int, number: int, text: str, quoted: Any) -> None:
    """Write a text as text; what looks like a formula stays text when somebody edits the cell."""
    whole = "".join("\ufffd" if is_unwritable(sign) else sign for sign in text[:LONGEST_CELL])
    sheet.write_string(line, number, whole, quoted if looks_like_formula(whole) else None)


def _said(value: object) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)


class YesNoFilter(django_filters.TypedChoiceFilter):
    """Yes, no, or either."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("choices", [("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))])
        options.setdefault("coerce", lambda answer: answer == "yes")
        options.setdefault("empty_label", gettext_lazy("All"))
        options.setdefault("widget", forms.Select)
        super().__init__(**options)
