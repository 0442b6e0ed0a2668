"""Pages ask the database as often for many as for one, and within their budget."""

from __future__ import annotations

import pytest
from django.db import transaction

from tools.benching.country import make_country
from tools.benching.pages import pages
from tools.benching.people import Size
from tools.benching.probe import count

pytestmark = pytest.mark.django_db

SIZES = (Size(1, 1, 1), Size(3, 3, 3), Size(60, 30, 4))
# Queries, at most; performance.md 1 asks for 12 of a list and 15 of a page.
BUDGET = {
    "list_first": 12,
    "list_filtered": 12,
    "list_last": 12,
    "calls_first": 12,
    "calls_last": 12,
    "proposal_clerk": 15,
    "proposal_member": 15,
    "form": 15,
    "call": 15,
    "call_clerk": 15,
    "chain": 15,
    "home": 15,
    "search": 15,
    "programme": 15,
    "agreements": 12,
    "agreement": 20,
    "desk": 12,
    "journal": 12,
}
# Opening a sheet and handing it in; handing in a proposal with its receipt and messages.
WRITES = {"score": 45, "submit": 60}
# A list shows 25 rows, each with what stands in its columns.
MOST_OBJECTS = {"list_last": 250, "calls_last": 150, "agreements": 250}


def _counted(size):
    """Return what each page costs in a country of the size."""
    country = make_country(size)
    found = {}
    for page in pages(country):
        if page.key in BUDGET:
            page.ask()  # the points of the map are read once an hour
        if page.key in BUDGET or page.key in WRITES:
            found[page.key] = count(page.ask)
    return found


@pytest.fixture(scope="module")
def counted(django_db_setup, django_db_blocker):
    """Every page at 1, 3 and many, each country made and forgotten in its own transaction."""
    found = {}
    with django_db_blocker.unblock():
        for size in SIZES:
            with transaction.atomic():
                found[size] = _counted(size)
                transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("key", BUDGET)
def test_page_answers(counted, key):
    assert {counted[size][key].response.status_code for size in SIZES} == {200}


@pytest.mark.parametrize("key", BUDGET)
def test_queries_stay_within_the_budget(counted, key):
    asked = [len(counted[size][key].queries) for size in SIZES]
    assert max(asked) <= BUDGET[key]


@pytest.mark.parametrize("key", BUDGET)
def test_three_and_many_ask_as_often_as_one(counted, key):
    asked = {len(counted[size][key].queries) for size in SIZES}
    assert len(asked) == 1, {
        size: [sql[:110] for sql in counted[size][key].queries] for size in SIZES
    }


@pytest.mark.parametrize("key", MOST_OBJECTS)
def test_a_list_builds_no_more_objects_than_a_page_shows(counted, key):
    assert counted[SIZES[-1]][key].objects <= MOST_OBJECTS[key]


@pytest.mark.parametrize("key", WRITES)
def test_writing_does_not_grow_with_siblings(counted, key):
    asked = [len(counted[size][key].queries) for size in SIZES[1:]]
    assert asked[0] == asked[1]
    assert asked[1] <= WRITES[key]
    assert counted[SIZES[2]][key].response.status_code == 302
    assert counted[SIZES[2]][key].objects == counted[SIZES[1]][key].objects
