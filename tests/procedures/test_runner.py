"""The runner of scenarios itself, on the worked example."""

from __future__ import annotations

import pytest

from tests.scenarios.runner import run, scenarios, uncovered

TEXT = """
background:
  procedure: municipal_social_order@2022-11-25
  track: call
  given: {facts: {need: true, present: 3, members: 4}, documents: [need_study, programme]}
---
scenario: A call is announced
given: {stage: preparing}
when: {customer: announce}
then: {stage: open, effects: [{publish: call}]}
---
scenario: A call cannot be announced before the need was ranked
given: {stage: preparing, documents: [programme], facts: {need: false}}
when: {customer: announce}
then: {refused: [documents_attached, no_need], citing: contest}
---
scenario: Without a known quorum nobody decides
given: {stage: scoring, documents: [protocol]}
when: {commission: decide}
then: {refused: [figure_unknown], citing: contest art. 12 item 3}
---
scenario: With a quorum the commission decides
given: {stage: scoring, documents: [protocol], figures: {quorum_share: 1/2}}
when: {commission: decide}
then: {stage: decided}
---
scenario: In training as well
given: {stage: scoring, documents: [protocol], profile: training}
when: {commission: decide}
then: {stage: decided}
"""


def test_scenarios_run(tmp_path, library, registry, procedure):
    path = tmp_path / "municipal_social_order" / "call.yaml"
    path.parent.mkdir()
    path.write_text(TEXT, "utf-8")
    found = list(scenarios(tmp_path))
    tried = [(one, run(one, library, registry)) for one in found]
    assert len(found) == 5
    for scenario, result in tried:
        assert {key: result.then.get(key) for key in scenario.then} == scenario.then
    moves, conditions = uncovered(procedure, tried)
    assert moves == [
        "call / open / close", "call / open / prolong", "call / open / cancel",
        "call / scoring / lapse", "call / decided / complain", "call / decided / award",
    ]  # fmt: skip
    assert conditions == [
        "call / open / prolong: {'reason_given': 'announcement_term'}",
        "call / open / cancel: reason_given",
        "call / scoring / decide: {'documents_attached': ['protocol']}",
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("then: {stage: open", "then: {at: open"), ("given: {stage", "given: {stag")]
)
def test_a_slip_of_the_pen_is_refused(tmp_path, old, new):
    path = tmp_path / "a" / "call.yaml"
    path.parent.mkdir()
    path.write_text(TEXT.replace(old, new, 1), "utf-8")
    with pytest.raises(ValueError, match="not known here"):
        list(scenarios(tmp_path))
