"""What was measured as a table, with each goal met or not."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator, Mapping
from typing import Any

KILO = 1000
FLOW_GOAL = 40  # requests a second of the list
VISIT_GOALS = {"call_visit": 60_000, "form_visit": 100_000}  # bytes, compressed
VISITS = {
    "call_visit": "public call page, all files of a first visit",
    "form_visit": "proposal form, all files of a first visit",
}
FLOWS = {"list": "list of proposals", "call": "public page of a call"}
LESS_ON_SQLITE = 2  # SQLite may take twice the time
HEAD = (
    "| Page | Queries | Objects | kB (gzip) | CPU, ms | of it database | Goals |\n"
    "|---|---|---|---|---|---|---|"
)


def table(found: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the whole report in Markdown."""
    lines = [
        f"# Bench: {os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}"
    ]
    for engine, measured in found.items():
        lines += ["", f"## {engine}", "", *_engine(measured)]
    lines += ["", *_ratios(found)]
    return "\n".join(lines) + "\n"


def _engine(measured: Mapping[str, Any]) -> Iterator[str]:
    if "fault" in measured:
        yield measured["fault"]
        return
    yield HEAD
    slack = LESS_ON_SQLITE if measured["vendor"] == "sqlite" else 1
    for page in measured["pages"].values():
        yield _row(page, slack)
    yield ""
    for key, title in FLOWS.items():
        flow = measured["served"][key]
        most = FLOW_GOAL // slack
        goal = f", goal {most}: {_met(flow['per_second'] >= most)}" if key == "list" else ""
        yield (
            f"- Served, {title}: {flow['per_second']:.0f} requests a second with 8 connections"
            f"{goal}; {flow['cpu']:.1f} ms of the server's CPU for each; {flow['failed']} failed."
        )
    for key, title in VISITS.items():
        visit = measured["served"][key]
        yield (
            f"- {title.capitalize()}: {visit['files']} files, {visit['raw'] / KILO:.0f} kB, "
            f"{visit['wire'] / KILO:.0f} kB on the wire, {visit['gzipped'] / KILO:.0f} kB "
            f"compressed, goal {VISIT_GOALS[key] // KILO} kB on the wire: "
            f"{_met(visit['wire'] <= VISIT_GOALS[key])}."
        )


def _row(page: Mapping[str, Any], slack: int) -> str:
    if "fault" in page:
        return f"| {page['title']} | - | - | - | - | - | not measured: {page['fault']} |"
    spent = page["cpu"] + page["database_cpu"]
    return (
        f"| {page['title']} | {page['queries']} | {page['objects']} | "
        f"{page['raw'] / KILO:.0f} ({page['gzipped'] / KILO:.0f}) | {spent:.0f} | "
        f"{page['database_cpu']:.0f} | {'; '.join(_goals(page, spent, slack)) or '-'} |"
    )


def _goals(page: Mapping[str, Any], spent: float, slack: int) -> Iterator[str]:
    goal = page["goal"]
    if goal["queries"] is not None:
        yield f"{goal['queries']} queries {_met(page['queries'] <= goal['queries'])}"
    if goal["milliseconds"] is not None:
        most = goal["milliseconds"] * slack
        yield f"{most} ms {_met(spent <= most)}"
    if goal["raw"] is not None:
        yield f"{goal['raw'] // KILO} kB {_met(page['raw'] <= goal['raw'])}"
    if goal["gzipped"] is not None:
        kept = page["gzipped"] <= goal["gzipped"]
        yield f"{goal['gzipped'] // KILO} kB compressed {_met(kept)}"
    if page["status"] >= 400:  # noqa: PLR2004 - an answer that is no page
        yield f"ANSWERED {page['status']}"


def _met(is_met: bool) -> str:  # noqa: FBT001 - a fact, not a switch
    return "met" if is_met else "NOT met"


def _ratios(found: Mapping[str, Mapping[str, Any]]) -> Iterator[str]:
    """Give what holds on any machine: how one page compares with another in the same run."""
    for engine, measured in found.items():
        pages = measured.get("pages", {})
        first, last = pages.get("list_first", {}), pages.get("list_last", {})
        if "cpu" in first and "cpu" in last:
            ratio = _spent(last) / _spent(first)
            yield f"- {engine}: the last page of the list costs {ratio:.1f} times the first."
    both = [one.get("pages", {}) for one in found.values() if "pages" in one]
    if len(both) > 1:
        for key in ("list_first", "proposal_clerk", "chain"):
            pair = [pages[key] for pages in both if "cpu" in pages.get(key, {})]
            if len(pair) > 1:
                ratio = _spent(pair[0]) / _spent(pair[1])
                yield f"- {pair[0]['title']}: SQLite costs {ratio:.1f} times PostgreSQL."


def _spent(page: Mapping[str, Any]) -> float:
    return float(page["cpu"] + page["database_cpu"])
