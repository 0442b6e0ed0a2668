"""Every scenario holds, every move is made, and every condition of it stops somebody."""

from __future__ import annotations

from pathlib import Path

import pytest

from ashar.agreements.guards import GUARDS as AGREEMENTS
from ashar.calls.guards import GUARDS as CALLS
from ashar.cases.guards import GUARDS as CASES
from ashar.kernel.text import LANGUAGES
from ashar.needs.guards import GUARDS as NEEDS
from ashar.procedures.library import Library
from ashar.procedures.registry import Registry
from ashar.programmes.guards import GUARDS as PROGRAMMES
from tests.scenarios.runner import run, scenarios, uncovered

HERE = Path(__file__).parent
LAW = Library(HERE.parent.parent / "law")
REGISTRY = Registry()
for guards in (CASES, NEEDS, PROGRAMMES, CALLS, AGREEMENTS):
    REGISTRY.add(guards=guards)
SCENARIOS = tuple(scenarios(HERE))
KEYS = LAW.keys()
EDITIONS = [(key, edition.isoformat()) for key in KEYS for edition in LAW.editions(key)]


@pytest.mark.parametrize(
    "scenario", SCENARIOS, ids=lambda one: f"{one.procedure} {one.track}: {one.title}"
)
def test_scenario(scenario):
    result = run(scenario, LAW, REGISTRY)
    assert {key: result.then.get(key) for key in scenario.then} == scenario.then
    for refusal in result.refusals:
        said = [LAW.say_refusal(refusal, language) for language in LANGUAGES]
        assert len(set(said)) == len(LANGUAGES)
        assert not [one for one in said if "…" in one or "{" in one]


@pytest.mark.parametrize(("key", "edition"), EDITIONS)
def test_every_move_and_every_condition_is_tried(key, edition):
    tried = [(one, run(one, LAW, REGISTRY)) for one in SCENARIOS]
    assert uncovered(LAW.procedure(key, edition), tried) == ([], [])
