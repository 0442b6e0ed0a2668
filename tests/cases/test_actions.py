"""One door for every move: who may, what is written, and what a second click does."""

from __future__ import annotations

import pytest

from ashar.cases import actions
from ashar.cases.actions import MovedMeanwhile, make_move
from ashar.cases.models import Case, Decision
from ashar.journal.models import AppendOnlyError, Entry
from ashar.kernel.money import Som
from ashar.procedures.engine import Refused
from ashar.programmes.actions import (
    MeasureText,
    ProgrammeText,
    open_programme,
    write_measure,
)
from tests.calls import contest
from tests.people import build_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return build_world()


@pytest.fixture
def programme(world):
    text = ProgrammeText("Программа", "Программа", "Максат", "Цель", 2026, 2027)
    return open_programme(
        text,
        territory=world.aimak,
        municipality=world.bodies["okmotu"],
        kenesh=world.bodies["kenesh"],
        parent=None,
        by=world.aigul,
    )


def refused(case, move, by, **options):
    with pytest.raises(Refused) as found:
        make_move(case, move, by=by, **options)
    return [refusal.reason.key for refusal in found.value.refusals]


def test_a_case_opens_under_the_edition_in_force_and_freezes_it(programme):
    case = programme.case
    assert (case.procedure, case.edition, case.stage) == (
        "social_order_programme",
        "2017-05-27",
        "drafting",
    )
    assert len(case.sha256) == 64
    assert case.figures["programme_years"]["status"] in {"unknown", "assumed"}
    assert case.path == f"/{case.ref}/"


def test_a_programme_without_measures_is_refused_with_the_reason(world, programme):
    assert refused(programme.case, "submit_to_kenesh", world.aigul) == ["measures_listed"]


def test_a_measure_without_ranked_need_and_money_is_refused(world, programme):
    text = MeasureText("Иш-чара", "Мера", "Натыйжа", "Результат", None)
    write_measure(programme, text, funding={}, by=world.aigul)
    assert refused(programme.case, "submit_to_kenesh", world.aigul) == [
        "every_measure_cites_ranked_need",
        "funding_listed",
    ]
    write_measure(programme, text, funding={("local_own", 2026): Som(100)}, by=world.aigul)
    titles = refused(programme.case, "submit_to_kenesh", world.aigul)
    assert titles == ["every_measure_cites_ranked_need", "funding_listed"]


@pytest.mark.parametrize(
    "name", ["zamir", "daniyar", "chinara", "kanat", "elmira", "farid", "gulnara", "bakyt"]
)
def test_who_has_no_mandate_for_it_cannot_move_the_case(world, programme, name):
    assert refused(programme.case, "submit_to_kenesh", world.people[name]) == ["not_your_move"]
    assert Decision.objects.count() == 0


def test_a_stale_page_moves_nothing(world, programme):
    with pytest.raises(MovedMeanwhile):
        make_move(programme.case, "submit_to_kenesh", by=world.aigul, version=99)
    assert Case.objects.get().version == 1


def test_every_write_is_in_the_journal(world, programme):
    actions = list(Entry.objects.order_by("number").values_list("action", flat=True))
    assert actions[-1] == "case_opened"
    assert Entry.objects.filter(case_ref=programme.case.ref).count() == 1


def test_a_decision_cannot_be_changed_or_removed(world, programme):
    decision = Decision(
        case=programme.case,
        move="x",
        to_stage="drafting",
        actor="clock",
        at=programme.case.since,
        version=7,
    )
    decision.save()
    with pytest.raises(AppendOnlyError):
        decision.delete()
    with pytest.raises(AppendOnlyError):
        Decision.objects.update(move="y")


def words_in_journal(world, monkeypatch=None):
    """Return the entries that carry what somebody typed as a sentence about a person."""
    if monkeypatch:
        monkeypatch.setattr(actions, "_without_words", lambda _move, answers: dict(answers))
    call = contest.announced(world)
    make_move(call.case, "cancel", by=world.aigul, answers={"reason": "Асанова Айнура ооруп калды"})
    assert "Асанова" in call.case.decisions.get(move="cancel").answers["reason"]
    return [one.action for one in Entry.objects.all() if "Асанова" in str(one.data)]


def test_p21_a_reason_that_names_somebody_stays_out_of_the_journal(world):
    assert words_in_journal(world) == []


def test_p21_notices_when_the_journal_repeats_what_was_typed(world, monkeypatch):
    assert words_in_journal(world, monkeypatch) == ["move:cancel"]
