"""The measured pages, each with its goal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import count

from django.http import HttpResponse
from django.test import Client

from ashar.calls.queries.calls import rubric_of
from tools.benching.country import Country
from tools.benching.people import WRITERS
from tools.benching.probe import client_of

LIST = 25


@dataclass(frozen=True)
class Goal:
    """What a page may cost: queries, milliseconds of CPU, bytes of its own HTML, objects."""

    queries: int | None = None
    milliseconds: int | None = None
    raw: int | None = None
    gzipped: int | None = None


@dataclass(frozen=True)
class Page:
    """A page and how it is asked for; `ask` may be called any number of times up to `most`."""

    key: str
    title: str
    ask: Callable[[], HttpResponse]
    goal: Goal
    most: int = 7


OF_LIST = Goal(queries=12, milliseconds=60, raw=60_000)
# To visitors the look comes inside the page, so that what counts is what travels.
OF_PUBLIC_LIST = Goal(queries=12, milliseconds=60, gzipped=60_000)
OF_ONE = Goal(queries=15, milliseconds=40)


def _get(client: Client, url: str) -> Callable[[], HttpResponse]:
    return lambda: client.get(url)


def pages(country: Country) -> Iterator[Page]:
    """Give every measured page, what changes the data last."""
    yield from _lists(country)
    yield from _single(country)
    yield from _everybody(country)
    yield from _work(country)


def _lists(country: Country) -> Iterator[Page]:
    clerk = client_of(country.account("clerk"))
    great = country.great.call.case.ref
    address = f"/ky/calls/{great}/proposals/"
    last = (len(country.great.proposals) - 1) // LIST + 1
    word = country.great.proposals[0].title.split()[0].lower()
    yield Page("list_first", "list of proposals, first page", _get(clerk, address), OF_LIST)
    yield Page(
        "list_filtered", "list of proposals, two words and a stage",
        _get(clerk, f"{address}?q={word}+фонд&stage=admitted"), OF_LIST,
    )  # fmt: skip
    yield Page(
        "list_last", "list of proposals, last page", _get(clerk, f"{address}?page={last}"), OF_LIST
    )
    calls = len(country.measures) // 2 + 2
    visitor = client_of(None)
    yield Page("calls_first", "public list of calls", _get(visitor, "/ky/calls/"), OF_PUBLIC_LIST)
    yield Page(
        "calls_last", "public list of calls, last page",
        _get(visitor, f"/ky/calls/?page={(calls - 1) // LIST + 1}"), OF_PUBLIC_LIST,
    )  # fmt: skip


def _single(country: Country) -> Iterator[Page]:
    member = client_of(country.account("member-0"))
    clerk = client_of(country.account("clerk"))
    ref = country.great.proposals[-1].case.ref
    url = f"/ky/calls/proposals/{ref}/"
    yield Page("proposal_clerk", "one proposal, customer", _get(clerk, url), OF_ONE)
    yield Page("proposal_member", "one proposal, commission", _get(member, url), OF_ONE)
    writer = client_of(country.account("writer-0"))
    draft = country.open.proposals[0].case.ref
    yield Page(
        "form", "form of a proposal", _get(writer, f"/ky/calls/proposals/{draft}/edit/"), OF_ONE
    )


def _everybody(country: Country) -> Iterator[Page]:
    visitor = client_of(None)
    chain = Goal(queries=15, milliseconds=60)
    place = country.land.municipalities[-1]
    opened = f"/ky/calls/{country.open.call.case.ref}/"
    yield Page("call", "public page of a call", _get(visitor, opened), OF_ONE)
    yield Page(
        "chain", "chain of a municipality, ten years",
        _get(visitor, f"/ky/places/{place.code}/"), chain,
    )  # fmt: skip
    yield Page("home", "start page of the country", _get(visitor, "/ky/"), chain)
    yield Page("search", "search", _get(visitor, "/ky/search/?q=балдар"), chain)
    measure = country.measures[0]
    yield Page(
        "programme", "page of a programme",
        _get(visitor, f"/ky/programmes/{measure.programme.case.ref}/"), OF_ONE,
    )  # fmt: skip
    yield Page(
        "agreements", "public list of agreements", _get(visitor, "/ky/agreements/"), OF_PUBLIC_LIST
    )
    agreement = country.agreements[-1].case.ref
    yield Page(
        "agreement", "page of an agreement", _get(visitor, f"/ky/agreements/{agreement}/"), OF_ONE
    )


def _work(country: Country) -> Iterator[Page]:
    clerk = client_of(country.account("clerk"))
    yield Page("desk", "desk of a clerk", _get(clerk, "/ky/desk/"), OF_LIST)
    great = f"/ky/calls/{country.great.call.case.ref}/"
    yield Page("call_clerk", "page of the great call, customer", _get(clerk, great), OF_ONE)
    yield Page("score", "enter a score: open the sheet, hand it in", _score(country), SCORE)
    yield Page("submit", "hand in a proposal", _submit(country), SUBMIT)
    journal = client_of(country.account("officer"))
    yield Page("journal", "journal", _get(journal, "/ky/desk/journal/"), OF_LIST)


SCORE = Goal(milliseconds=60)
SUBMIT = Goal(milliseconds=40)


def _score(country: Country) -> Callable[[], HttpResponse]:
    """Score one proposal after another, as a member of the commission."""
    member = client_of(country.account("member-0"))
    rubric = rubric_of(country.great.call)
    criteria = [one.key for one in rubric.criteria] if rubric else []
    points = {f"points_{key}": "7" for key in criteria}
    points |= {f"comment_{key}": "Баа сунуштун мазмунуна негизделди." for key in criteria}
    numbers = count()

    def ask() -> HttpResponse:
        proposal = country.great.proposals[next(numbers) % len(country.great.proposals)]
        url = f"/ky/calls/proposals/{proposal.case.ref}/sheet/"
        seen = re.search(r'name="version" value="(\d+)"', member.get(url).content.decode())
        return member.post(url, {"version": seen[1] if seen else "0", **points})

    return ask


def _submit(country: Country) -> Callable[[], HttpResponse]:
    """Hand in one draft after another, each by its own applicant."""
    writers = [client_of(country.account(f"writer-{number}")) for number in range(WRITERS)]
    numbers = count(1)  # the first draft stays one: its form is measured too

    def ask() -> HttpResponse:
        number = next(numbers)
        proposal = country.open.proposals[number]
        return writers[number].post(f"/ky/cases/{proposal.case.ref}/moves/submit/", {"version": 1})

    return ask
