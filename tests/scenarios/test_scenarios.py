"""Every scenario holds, every move is tried, and every condition of it has stopped somebody."""

from __future__ import annotations

import pytest

from ashar.kernel.text import LANGUAGES
from ashar.procedures.reasons import Refused
from tests.scenarios.runner import LAW, Scenario, scenarios


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario.title)
def test_scenario(scenario: Scenario):
    if "refused" in scenario.then:
        with pytest.raises(Refused) as refused:
            scenario.run()
        refusals = refused.value.refusals
        assert [one.reason.key for one in refusals] == scenario.then["refused"]
        for one in refusals:
            _is_a_full_sentence(one)
        if "citing" in scenario.then:
            cited = {one.cite.say(LAW, "en") for one in refusals if one.cite}
            assert cited == {LAW.say_act(scenario.then["citing"], "en")}
        return
    outcome = scenario.run()
    assert outcome.entered == scenario.then["stage"]
    if "effects" in scenario.then:
        said = [" ".join(filter(None, (one.name, one.argument))) for one in outcome.effects]
        assert said == scenario.then["effects"]


def _is_a_full_sentence(refusal):
    """The reader gets words in each language, with every place filled in."""
    sentences = [LAW.say_refusal(refusal, language) for language in LANGUAGES]
    assert len(set(sentences)) == len(LANGUAGES)
    assert not [one for one in sentences if "…" in one or "{" in one]


def _tried():
    allowed, stopped = set(), set()
    for scenario in scenarios():
        place = (scenario.procedure, scenario.track, scenario.given["stage"], scenario.move[1])
        try:
            scenario.run()
        except Refused as refused:
            stopped |= {(*place, one.clause) for one in refused.refusals if one.clause}
        else:
            allowed.add(place)
    return allowed, {(*place, clause.name) for *place, clause in stopped}


def _moves():
    for key in LAW:
        for edition in LAW.editions(key):
            procedure = LAW.procedure(key, edition.isoformat())
            for track in procedure.tracks.values():
                for stage in track.stages.values():
                    for move in stage.moves.values():
                        yield (procedure.ref, track.name, stage.name, move.name), move


def test_every_move_is_made_in_some_scenario():
    allowed, _ = _tried()
    assert [place for place, _ in _moves() if place not in allowed] == []


def test_every_condition_refuses_in_some_scenario():
    _, stopped = _tried()
    wanted = [(*place, clause.name) for place, move in _moves() for clause in move.when]
    assert [one for one in wanted if one not in stopped] == []
