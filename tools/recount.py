"""Count a contest again from its published scores. One file, Python alone, no Ashar needed.

    python3 recount.py https://…/ky/calls/K7M2-9QXD/scores.json
    python3 recount.py scores.json

Whoever doubts a place counts it here: the mean of the members' weighted sums, exactly, in
fractions. The answer is 0 when places and totals are as published, 1 when they differ, 2 when
the file cannot be read.
"""

from __future__ import annotations

import json
import sys
import urllib.request
from fractions import Fraction
from pathlib import Path

FORMAT = "ashar-scores-1"
THOUSANDTHS = 1000


class Unreadable(Exception):
    """The file is not what a decided contest publishes; the text says where."""


def totals(scores: dict) -> dict[str, Fraction]:
    """Return the exact total of every proposal that at least one sheet judges."""
    weights = {one["key"]: Fraction(one["weight"]) for one in scores["criteria"]}
    found = {}
    for proposal in scores["proposals"]:
        sums = [_sum(sheet["points"], weights, scores) for sheet in proposal["sheets"]]
        if sums:
            found[proposal["ref"]] = sum(sums, Fraction(0)) / len(sums)
    return found


def _sum(points: dict, weights: dict[str, Fraction], scores: dict) -> Fraction:
    if set(points) != set(weights):
        raise Unreadable(f"a sheet has marks for {sorted(points)}, asked for {sorted(weights)}")
    highest = Fraction(scores["scale"])
    if any(not 0 <= Fraction(mark) <= highest for mark in points.values()):
        raise Unreadable(f"a sheet has a mark outside 0-{highest}")
    return sum((weights[key] * Fraction(mark) for key, mark in points.items()), Fraction(0))


def places(found: dict[str, Fraction]) -> dict[str, int]:
    """Return the place of each proposal; equal totals share a place."""
    return {ref: 1 + sum(other > total for other in found.values()) for ref, total in found.items()}


def differences(scores: dict) -> list[str]:
    """Return every way in which the published outcome is not what its sheets give."""
    if scores.get("format") != FORMAT:
        raise Unreadable(f"the format is {scores.get('format')!r}, not {FORMAT}")
    found = totals(scores)
    counted = places(found)
    faults = [fault for one in scores["proposals"] for fault in _faults(one, found, counted)]
    pass_mark = scores.get("pass_mark")
    for one in scores["proposals"]:
        total = found.get(one["ref"])
        below = pass_mark is not None and total is not None and total < Fraction(pass_mark)
        if one.get("won") and (counted.get(one["ref"]) != 1 or below):
            faults.append(f"{one['ref']} won without being the best that passes")
    return faults


def _faults(proposal: dict, found: dict[str, Fraction], counted: dict[str, int]) -> list[str]:
    ref, faults = proposal["ref"], []
    members = [sheet["member"] for sheet in proposal["sheets"]]
    if len(members) != len(set(members)):
        faults.append(f"{ref}: a member has two sheets")
    if set(members) & set(proposal.get("excused", ())):
        faults.append(f"{ref}: a member with an interest judged")
    total = found.get(ref)
    exact = None if total is None else round(total * THOUSANDTHS)
    if exact != proposal["total_thousandths"]:
        faults.append(f"{ref}: published {proposal['total_thousandths']}, counted {exact}")
    if counted.get(ref) != proposal["place"]:
        faults.append(f"{ref}: published place {proposal['place']}, counted {counted.get(ref)}")
    return faults


def read(source: str) -> dict:
    """Return the published scores from an address or a file."""
    if source.startswith(("http://", "https://")):
        with urllib.request.urlopen(source, timeout=60) as answer:  # noqa: S310 - http(s) only
            return json.load(answer)
    return json.loads(Path(source).read_text("utf-8"))


def main(arguments: list[str]) -> int:
    """Count one contest and say what was found."""
    if len(arguments) != 1:
        print(__doc__)
        return 2
    try:
        scores = read(arguments[0])
        found, faults = totals(scores), differences(scores)
    except (OSError, ValueError, KeyError, TypeError, Unreadable) as fault:
        print(f"This file cannot be counted: {fault}")
        return 2
    for ref, place in sorted(places(found).items(), key=lambda pair: pair[1]):
        print(f"{place:>3}. {ref}  {float(found[ref]):.3f}")
    for fault in faults:
        print(f"DIFFERS  {fault}")
    print("Not as published." if faults else "As published.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
