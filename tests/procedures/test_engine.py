"""What may happen, who may do it, why not, and what the clock does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ashar.kernel.dates import BISHKEK, Calendar
from ashar.procedures import engine
from ashar.procedures.figures import known
from ashar.procedures.library import Library
from ashar.procedures.model import Citation, Number
from ashar.procedures.reasons import Reason, Refusal, Refused
from ashar.procedures.registry import Guard, NameTaken, Registry
from tests.procedures.example import LAW, made_registry

CONTEST = Citation("cabinet-604-2022-annex-1")
READY = {
    "documents": {"need_study", "programme", "protocol"},
    "need": True,
    "present": 3,
    "members": 4,
    "answers": {"reason": "no money"},
}
PLAIN = Calendar()
LIBRARY, REGISTRY = Library(LAW), made_registry()


def test_options_are_the_moves_of_these_roles(track, registry):
    def seen(stage, roles):
        found = engine.options(track, stage, READY, roles, registry.guards)
        return [option.move.name for option in found]

    assert seen("open", {"customer"}) == ["prolong", "cancel"]
    assert seen("open", {"clock"}) == ["close"]
    assert seen("open", {"applicant"}) == []
    assert seen("decided", {"anyone"}) == ["complain"]
    assert seen("awarded", {"customer", "clock"}) == []
    assert seen(track.stages["open"], set()) == []


def test_an_option_carries_every_reason_with_its_article(track, registry, procedure):
    facts = {"documents": {"programme"}, "need": False}
    (option,) = engine.options(track, "preparing", facts, {"customer"}, registry.guards)
    title = procedure.documents["need_study"].title
    move = option.move
    assert not option.is_open
    assert option.refusals == (
        Refusal(Reason("documents_attached", documents=(title,)), CONTEST, move.when[0]),
        Refusal(Reason("no_need"), CONTEST, move.when[1]),
    )


def test_make(track, registry):
    outcome = engine.make(track, "preparing", READY, {"customer"}, "announce", registry.guards)
    assert (outcome.left, outcome.entered) == ("preparing", "open")
    assert [effect.name for effect in outcome.effects] == ["publish"]
    assert outcome.move.name == "announce"


def test_a_move_to_the_same_stage(track, registry):
    outcome = engine.make(track, "open", READY, {"customer"}, "prolong", registry.guards)
    assert (outcome.left, outcome.entered) == ("open", "open")


@pytest.mark.parametrize(
    ("stage", "roles", "move", "reasons"),
    [
        ("preparing", {"applicant"}, "announce", ["not_your_move"]),
        ("preparing", set(), "announce", ["not_your_move"]),
        ("preparing", {"clock"}, "announce", ["not_your_move"]),
        ("open", {"customer", "anyone"}, "close", ["not_your_move"]),
        ("open", {"customer"}, "announce", ["no_such_move"]),
        ("awarded", {"customer"}, "announce", ["no_such_move"]),
        ("scoring", {"commission"}, "decide", ["figure_unknown"]),
    ],
)
def test_make_refuses(track, registry, stage, roles, move, reasons):
    with pytest.raises(Refused) as refused:
        engine.make(track, stage, READY, roles, move, registry.guards)
    assert [refusal.reason.key for refusal in refused.value.refusals] == reasons
    assert str(refused.value) == ", ".join(reasons)


def test_an_unknown_figure_of_a_profile_becomes_known(procedure, library, registry):
    track = procedure.with_profile(library.profile("training")).tracks["call"]
    outcome = engine.make(track, "scoring", READY, {"commission"}, "decide", registry.guards)
    assert outcome.entered == "decided"
    few = {**READY, "present": 2}
    with pytest.raises(Refused):
        engine.make(track, "scoring", few, {"commission"}, "decide", registry.guards)


def test_an_unknown_guard_is_an_error(track):
    with pytest.raises(KeyError):
        engine.options(track, "preparing", READY, {"customer"}, {})


def test_due_on(procedure, library, track):
    since = date(2026, 11, 20)
    closes = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
    stages = track.stages
    assert engine.due_on(stages["preparing"], since, {}, PLAIN) is None
    assert engine.due_on(stages["scoring"], since, {}, PLAIN) is None
    assert engine.due_on(stages["open"], since, {}, PLAIN) is None
    assert engine.due_on(stages["open"], since, {"call_closes": closes}, PLAIN) == closes
    assert engine.due_on(stages["decided"], since, {}, PLAIN) == datetime(
        2026, 11, 27, 23, 59, 59, tzinfo=BISHKEK
    )
    trained = procedure.with_profile(library.profile("training")).tracks["call"]
    assert engine.due_on(trained.stages["scoring"], since, {}, PLAIN) == datetime(
        2026, 11, 30, 23, 59, 59, tzinfo=BISHKEK
    )


def test_a_term_begins_on_the_day_in_bishkek(track):
    evening = datetime(2026, 11, 20, 20, 0, tzinfo=UTC)  # already Saturday in Bishkek
    due = engine.due_on(track.stages["decided"], evening, {}, PLAIN)
    assert due == datetime(2026, 11, 27, 23, 59, 59, tzinfo=BISHKEK)
    naive = datetime(2026, 11, 20, 20, 0)  # noqa: DTZ001 - a moment without a zone is taken as it is
    assert engine.due_on(track.stages["decided"], naive, {}, PLAIN) == due


def test_overdue_move(track):
    stage, since = track.stages["decided"], date(2026, 11, 20)
    due = engine.due_on(stage, since, {}, PLAIN)
    assert engine.overdue_move(stage, since, {}, PLAIN, due) is None
    late = due + timedelta(seconds=1)
    assert engine.overdue_move(stage, since, {}, PLAIN, late).name == "award"
    assert engine.overdue_move(track.stages["preparing"], since, {}, PLAIN, late) is None
    assert engine.overdue_move(track.stages["scoring"], since, {}, PLAIN, late) is None


def test_needed_facts(track, registry):
    stage = track.stages["scoring"]
    assert engine.needed_facts(stage, registry.guards) == {"present", "members", "documents"}
    announce = track.stages["preparing"].moves["announce"]
    assert engine.needed_facts(announce, registry.guards) == {"documents", "need"}


def test_known(procedure):
    number = procedure.numbers["quorum_share"]
    assert known(number, int) == Reason("figure_unknown", figure=number.title)
    assert known(Number("a", number.title, 5), int) == 5
    with pytest.raises(TypeError):
        known("quorum_share", int)
    with pytest.raises(TypeError):
        known(Number("a", number.title, 5), str)


def test_a_name_belongs_to_one_function():
    registry, guard = Registry(), Guard(known)
    registry.add(guards={"a": guard})
    registry.add(guards={"a": guard})
    with pytest.raises(NameTaken):
        registry.add(guards={"a": Guard(print)})


def test_reasons_compare_and_hash():
    assert Reason("a", {"b": 1}) == Reason("a", b=1)
    assert len({Reason("a", b=1), Reason("a", b=1), Reason("a", b=2)}) == 2


facts = st.fixed_dictionaries(
    {
        "documents": st.sets(st.sampled_from(["need_study", "programme", "protocol"])),
        "need": st.booleans(),
        "present": st.integers(0, 4),
        "members": st.just(4),
        "answers": st.sampled_from([{}, {"reason": "x"}]),
    }
)
roles = st.sets(st.sampled_from(["customer", "commission", "applicant", "clock", "anyone"]))


@given(data=st.data())
def test_no_sequence_of_moves_leaves_the_file(data):
    """Whatever is tried in whatever order: make agrees with options, and the stage is declared."""
    library, registry = LIBRARY, REGISTRY
    procedure = library.procedure("municipal_social_order")
    track = procedure.with_profile(library.profile("training")).tracks["call"]
    stage = track.starts
    names = sorted({name for one in track.stages.values() for name in one.moves})
    for _ in range(data.draw(st.integers(1, 12))):
        now, who = data.draw(facts), data.draw(roles)
        tried = data.draw(st.sampled_from(names))
        found = engine.options(track, stage, now, who, registry.guards)
        open_now = {option.move.name for option in found if option.is_open}
        try:
            outcome = engine.make(track, stage, now, who, tried, registry.guards)
        except Refused:
            assert tried not in open_now
        else:
            assert tried in open_now
            assert outcome.left == stage
            assert outcome.entered in track.stages
            assert set(outcome.move.by) & who
            stage = outcome.entered
