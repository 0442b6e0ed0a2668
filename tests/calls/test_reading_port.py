"""The browser reads a draft exactly as the server does (statements of sealed proposals, P10).

While a proposal is sealed only the applicant's browser can say whether it is complete and adds
up; after the opening the server reads the same draft again. The two must never differ.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from ashar.calls.core import SECTIONS, TEXT_LIMITS, differences, missing_parts, read_draft, tidy
from ashar.calls.queries.proposals import SOURCES, requested_in
from ashar.programmes.choices import BUDGET_SOURCES
from tests.calls import contest

pytestmark = pytest.mark.browser
SCRIPT = Path(settings.BASE_DIR) / "ashar/calls/static/calls/reading.js"
READ = """([drafts, sources, budgetSources]) => drafts.map(([mine, other]) => {
  const port = window.asharReading, reading = port.readDraft(mine, sources);
  const number = (value) => (typeof value === "bigint" ? String(value) : value);
  const rows = (name) => reading[name].map((row) => Object.fromEntries(
    Object.entries(row).map(([key, value]) => [key, number(value)])));
  return {
    tidy: port.tidy(mine), texts: reading.texts, faults: reading.faults,
    parts: Object.fromEntries(Object.keys(port.SECTIONS).map((name) => [name, rows(name)])),
    lines: [...reading.lineTotals].map(([row, total]) => [row, String(total)]),
    sources: [...port.bySource(reading)].map(([source, total]) => [source, String(total)]),
    total: String(port.total(reading)), requested: String(port.requested(reading, budgetSources)),
    missing: port.missingParts(reading), differ: port.differences(mine, other),
    said: ["ky", "ru", "en"].map((language) => port.saySom(port.total(reading), language)),
  };
})"""
# Each column with the sort of thing people type there, and what only a mischief-maker types.
AMOUNTS = [
    "0", "1", "0,5", "1,05", "1.5", "30 000,50", "30 000.5", "1,234", "1.234,56", "1 23", "12,345",
    "-5", "−5", "–7", "(5)", "1e9", "1,5E-3", "", "  ", "12 som", "0x10", "१२", "９", "1 000",
    "1 000,01", "1 000", "1 000", "92233720368547758,07", "92233720368547758,08",
    "9999999999,99", "10000000000", "9999999999999999999999999999999999999999", "0,005", "1,",
    ",5", "1..2", "7\n", "\x1c7", "7\ufeff", "\x857", "1\n2", "-\n5", "(\u20285)", "1\r5", "0,01",
    "92233720368547,75", "33,33", "0,1",
]  # fmt: skip
DAYS = [
    "01.02.2027", "1.2.2027", "2027-02-01", "2027-2-1", "01/02/2027", "31.02.2027", "29.02.2028",
    "29.02.2100", "29.02.2000", "1.1.1999", "1.1.2101", "31.12.2100", "00.01.2027", "2027-13-01",
    "2027-01- 5", " 5.01.2027", "1. 2.2027", "٠١.02.2027", "1.2.27", "", "  ", "2027/02/01",
    "01-02-2027", "1.2.2027x", "x", "0001-01-01", "0000-01-01", "32.01.2027", "2027-02-30",
]  # fmt: skip
WORDS = [
    "",
    " ",
    "Айлык",
    "a\r\nb",
    "a\x00b",
    "\x00",
    "\x1f",
    "\ufeff",
    "\u3000",
    "𝒳" * 301,
    "ү" * 700,
]
PLACES = ["local_own", "ngo_own", "donor_direct", "", "nobody", "LOCAL_OWN", " local_own "]
BY_COLUMN = {
    "target": AMOUNTS, "quantity": AMOUNTS, "rate": AMOUNTS, "starts_on": DAYS, "ends_on": DAYS,
    "source": PLACES,
}  # fmt: skip
anything = st.text(st.characters(exclude_categories=("Cs",)), max_size=60)


def cells(column):
    """What may stand in a cell."""
    usual = st.sampled_from(BY_COLUMN.get(column, WORDS))
    digits = st.text("0123456789 ,.-eE()", max_size=14)
    return st.one_of(usual, usual, usual, digits, anything, st.none())


def rows(section):
    """What may stand where rows are expected."""
    row = st.fixed_dictionaries({}, optional={name: cells(name) for name in SECTIONS[section]})
    listed = st.lists(st.one_of(row, row, row, anything, st.none()), max_size=5)
    return st.one_of(listed, listed, anything, st.none())


drafts = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.one_of(st.sampled_from(WORDS), anything, st.none()) for name in TEXT_LIMITS},
        **{section: rows(section) for section in SECTIONS},
    },
)
# Without chance: every amount and every day in every place, many rows, long texts.
KNOWN = [
    contest.TYPED,
    {},
    *({"budget": [{"title": "a", "quantity": "0,01", "rate": one, "source": "ngo_own"}]} for one in AMOUNTS),
    *({"budget": [{"title": "a", "quantity": one, "rate": "33,33", "source": "local_own"}]} for one in AMOUNTS),
    *({"budget": [{"title": "a", "quantity": "1", "rate": "1", "source": one}]} for one in PLACES),
    *({"results": [{"title": "a", "unit": "b", "target": one}]} for one in AMOUNTS),
    *({"activities": [{"title": "a", "starts_on": one, "ends_on": "2027-02-01"}]} for one in DAYS),
    *({"team": [{"role": one, "qualification": one}]} for one in WORDS),
    *(dict.fromkeys(TEXT_LIMITS, one) for one in WORDS),
    {"results": [{"title": str(number), "target": "1"} for number in range(210)]},
    {"budget": [{"title": "a", "quantity": "1,5", "rate": "0,01", "source": "ngo_own"}] * 3},
    {"title": "𝒳" * 400, "summary": "\r\n" * 3000},
]  # fmt: skip


def as_server(mine, other):
    """What Python reads, in the shape in which the page's reading comes back."""
    reading = read_draft(mine, SOURCES)
    hundredths = {"target", "quantity"}

    def shown(column, value):
        if column in hundredths:
            return str(int(value * 100))
        if column == "rate":
            return str(value.tyiyn)
        return value.isoformat() if column in {"starts_on", "ends_on"} else value

    return {
        "tidy": tidy(mine),
        "texts": dict(reading.texts),
        "faults": [
            {"section": f.section, "row": f.row, "column": f.column, "reason": f.reason, "typed": f.typed}
            for f in reading.faults
        ],
        "parts": {
            name: [{key: shown(key, value) for key, value in vars(row).items()} for row in getattr(reading, name)]
            for name in SECTIONS
        },
        "lines": [[row, str(total.tyiyn)] for row, total in reading.line_totals.items()],
        "sources": [[source, str(amount.tyiyn)] for source, amount in reading.by_source().items()],
        "total": str(reading.total.tyiyn),
        "requested": str(requested_in(reading).tyiyn),
        "missing": list(missing_parts(reading)),
        "differ": list(differences(mine, other)),
        "said": [reading.total.say(language) for language in ("ky", "ru", "en")],
    }  # fmt: skip


def disagreements(page, pairs):
    """The drafts that the page reads otherwise than the server."""
    told = page.evaluate(READ, [pairs, list(SOURCES), list(BUDGET_SOURCES)])
    found = []
    for (mine, other), seen in zip(pairs, told, strict=True):
        expected = as_server(mine, other)
        found.extend(
            (part, mine, expected[part], seen[part])
            for part in expected
            if expected[part] != seen[part]
        )
    return found


@pytest.fixture(scope="module")
def reader(browser):
    """An empty page that knows nothing but the port."""
    page = browser.new_page()
    page.add_script_tag(path=SCRIPT)
    yield page
    page.close()


def neighbours():
    """Each known draft beside another one, so that differences are compared too."""
    return [(one, KNOWN[number - 1]) for number, one in enumerate(KNOWN)]


def test_the_limits_are_the_same(reader):
    port = reader.evaluate(
        "() => [asharReading.TEXT_LIMITS, asharReading.SECTIONS, asharReading.ROW_LIMIT]"
    )
    assert port == json.loads(
        json.dumps([dict(TEXT_LIMITS), {k: dict(v) for k, v in SECTIONS.items()}, 200])
    )


def test_p10_the_page_reads_known_drafts_as_the_server_does(reader):
    assert disagreements(reader, neighbours()) == []


@hypothesis_settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(pairs=st.lists(st.tuples(drafts, drafts), min_size=10, max_size=10))
def test_p10_the_page_reads_any_draft_as_the_server_does(reader, pairs):
    assert disagreements(reader, pairs) == []


MUTANTS = {
    "half a tyiyn falls": ("row.quantity + 100n) / 200n", "row.quantity) / 200n"),
    "the browser's own trim": ('text.replace(EDGES, "")', "text.trim()"),
    "any day of a month": ("&& date <= lasts", ""),
    "a comma for thousands": ('["ambiguous", /^(?:[0-9]{1,3}[.,][0-9]{3}|', '["too_precise", /^(?:[0-9]{1,3}[.,][0-9]{3}|'),
    "no largest amount": ("if (amount > LARGEST)", "if (false)"),
    "no largest count": ("if (hundredths > LARGEST_COUNT)", "if (false)"),
    "no largest line": ("if (total > LARGEST / 1000n)", "if (false)"),
    "an end before the beginning": ("values.ends_on < values.starts_on", "false"),
    "any source": ("!sources.includes(typed)", "!typed"),
    "more rows than are kept": (".slice(0, ROW_LIMIT)", ""),
    "floating money": ("const money = (typed) => {", "const money = (typed) => { if (/^[0-9]{3,}$/.test(typed)) return BigInt(Math.round(parseFloat(typed) * 100));"),
    "everything is asked for": ("budgetSources.includes(source) ? sum + amount : sum", "sum + amount"),
    "nothing is missing": ('["title", "summary", "method"]', '["title"]'),
}  # fmt: skip
MUTANTS["cut by halves of signs"] = (
    '[...String(value).replaceAll("\\0", "").replaceAll("\\r\\n", "\\n")].slice(0, limit).join("")',
    'String(value).replaceAll("\\0", "").replaceAll("\\r\\n", "\\n").slice(0, limit)',
)


@pytest.mark.parametrize("name", MUTANTS)
def test_p10_the_comparison_notices_when_the_page_reads_otherwise(browser, name):
    right, wrong = MUTANTS[name]
    source = SCRIPT.read_text(encoding="utf-8")
    assert source.count(right) == 1
    page = browser.new_page()
    page.add_script_tag(content=source.replace(right, wrong))
    assert disagreements(page, neighbours()) != []
    page.close()
