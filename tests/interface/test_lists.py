"""A list searches, filters, counts, pages, sorts, exports, and asks little of the database."""

from __future__ import annotations

import io
from types import SimpleNamespace

import django_tables2 as tables
import pytest
import python_calamine
from django.contrib.auth.models import AnonymousUser, Group
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.html import strip_tags

from ashar.interface import lists
from ashar.kernel.money import Som

pytestmark = pytest.mark.django_db


class GroupTable(lists.AsharTable):
    name = tables.Column(verbose_name="Name")
    cost = lists.SomColumn(verbose_name="Cost", empty_values=())

    def render_cost(self, record):
        return Som.of(record.pk).say("en")

    def value_cost(self, record):
        return Som.of(record.pk)


class GroupFilters(lists.AsharFilterSet):
    q = lists.SearchFilter("name")

    class Meta:
        model = Group
        fields = ()


def ask(query="", **options):
    request = RequestFactory().get(f"/ky/groups/{query}")
    request.user = AnonymousUser()
    with translation.override("en"):
        return lists.listing(
            request,
            queryset=Group.objects.order_by("pk"),
            filterset=GroupFilters,
            table=GroupTable,
            page_title="Groups",
            empty="Nobody made a group yet.",
            **options,
        )


def text(query=""):
    return " ".join(strip_tags(ask(query).content.decode()).split())


def fill(number):
    Group.objects.bulk_create(Group(name=f"группа {n:03}") for n in range(number))


@pytest.mark.parametrize("number", [1, 3, 200])
def test_the_database_is_asked_three_times(number, django_assert_num_queries):
    fill(number)
    with django_assert_num_queries(3):  # how many, the keys of the page, its records
        ask()


def test_no_more_objects_are_built_than_shown():
    fill(200)
    assert ask("?page=8").content.decode().count('data-label="Name"') == 25
    assert ask("?page=999").content.decode().count('data-label="Name"') == 25


def test_counts_are_said():
    fill(3)
    assert "3 entries" in text()


def test_an_empty_list_says_what_to_do():
    assert "Nobody made a group yet." in text()


def test_a_search_without_result_says_so():
    fill(1)
    assert "Nothing matches." in text("?q=жок")


def test_search_folds_letters_and_takes_words_in_any_order():
    Group.objects.create(name="озгон таза суу")
    Group.objects.create(name="нарын")
    assert "1 entry" in text("?q=СУУ+Өзгөн")


def test_sorting_keeps_the_search():
    fill(60)
    html = ask("?q=группа&sort=-name").content.decode()
    assert html.index("группа 059") < html.index("группа 058")
    assert "q=%D0%B3" in html
    assert 'aria-sort="descending"' in html


@pytest.mark.parametrize("query", ["?page=x", "?sort=nothing", "?q=%00", "?page=-1", "?to=pdf"])
def test_nonsense_in_the_address_is_harmless(query):
    fill(1)
    assert ask(query).status_code == 200


def test_excel_holds_all_rows_as_data():
    fill(30)
    Group.objects.create(name='=HYPERLINK("http://x")')
    answer = ask("?to=xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert len(rows) == 32
    assert rows[0] == ["Name", "Cost"]
    assert rows[-1][0] == '=HYPERLINK("http://x")'
    assert isinstance(rows[-1][1], float)


def test_excel_holds_only_what_was_asked_for():
    fill(30)
    answer = ask("?to=xlsx&q=007")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert len(book.get_sheet_by_index(0).to_python()) == 2


@pytest.mark.parametrize(
    ("namespaces", "url_name", "expected"),
    [
        (["calls"], "index", "ashar-calls-"),
        (["needs"], "studies", "ashar-needs-studies-"),
        (["needs"], "needs", "ashar-needs-2"),
    ],
)
def test_a_file_is_called_by_its_list(namespaces, url_name, expected):
    request = RequestFactory().get("/ky/groups/?to=xlsx")
    request.resolver_match = SimpleNamespace(namespaces=namespaces, url_name=url_name)
    assert f"ashar-{lists._list_name(request)}-2".startswith(expected)


def test_file_and_sheet_bear_the_name_of_the_list():
    request = RequestFactory().get("/ky/groups/?to=xlsx")
    request.resolver_match = SimpleNamespace(namespaces=["calls"], url_name="index")
    title = "Contests: [of] social orders, every one of them"
    with translation.override("en"):
        answer = lists.listing(
            request, queryset=Group.objects.all(), table=GroupTable, page_title=title, empty=""
        )
    day = timezone.localdate()
    assert answer["Content-Disposition"] == f'attachment; filename="ashar-calls-{day}.xlsx"'
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["Contests   of  social orders, e"]
