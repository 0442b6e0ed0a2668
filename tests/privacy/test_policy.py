from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from ashar.people.actions import register_card
from ashar.people.models import Card
from ashar.privacy import actions
from ashar.privacy.core.policy import BadPolicy, read, uncovered
from ashar.privacy.models import CardRequest
from ashar.privacy.queries.policy import models_with_people, policy
from tests.cards.synthetic import draft
from tests.people import build_world

WORDS = {"ky": "а", "ru": "б", "en": "c"}
LINE = {"models": ["people.Card"], "what": WORDS, "why": WORDS, "at_end": "forget",
        "term": "3 years", "basis": "own", "counted_from": "registered_at"}  # fmt: skip


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def card(world):
    return register_card(draft(), municipality=world.aimak, by=world.aigul)


def test_every_kind_of_peoples_data_is_in_the_policy():
    assert uncovered(policy(), models_with_people()) == []


def test_the_check_notices_a_kind_without_a_line():
    assert "people.Card" in uncovered(policy()[1:], models_with_people())


def test_no_term_is_invented():
    assert [line.key for line in policy() if line.is_known] == []


@pytest.mark.parametrize(
    "change",
    [{"term": "about 3 years"}, {"basis": "unknown"}, {"counted_from": ""}, {"whose": "x"}],
)
def test_a_line_that_cannot_be_obeyed_is_refused(change):
    with pytest.raises(BadPolicy):
        read({"classes": {"cards": {**LINE, **change}}})


@pytest.mark.django_db
def test_an_unknown_term_removes_nothing(card):
    said = StringIO()
    call_command("privacy", "apply", stdout=said)
    assert "cards: the term is unknown" in said.getvalue()
    assert Card.objects.get(pk=card.pk).surname == "Синтетикова"


def test_a_passed_term_forgets_and_a_trial_only_counts(card):
    lines = read({"classes": {"cards": LINE}})
    later = date(2040, 1, 1)
    assert actions.apply(lines, today=later, is_trial=True) == [("cards", "people.Card", 1)]
    assert not Card.objects.get(pk=card.pk).is_forgotten
    actions.apply(lines, today=later, is_trial=False)
    assert Card.objects.get(pk=card.pk).is_forgotten


def decides_alone(request, by):
    """Whether one person can ask and decide, through any door."""
    with transaction.atomic():
        try:
            CardRequest.objects.filter(pk=request.pk).update(is_approved=True, decided_by=by)
        except IntegrityError:
            transaction.set_rollback(True)
            return False
    return True


def test_p14_nobody_gives_away_or_forgets_a_card_alone(world, card):
    request = actions.ask_about_card(card, kind="forget", reason="арыз менен", by=world.aigul)
    with pytest.raises(actions.PermissionDenied):
        actions.decide(request, is_approved=True, by=world.aigul)
    with pytest.raises(actions.PermissionDenied):
        actions.decide(request, is_approved=True, by=world.chinara)
    assert not decides_alone(request, world.aigul)
    assert decides_alone(request, world.azamat)  # the check notices when somebody can


def test_the_second_person_forgets(world, card):
    request = actions.ask_about_card(card, kind="forget", reason="арыз менен", by=world.aigul)
    actions.decide(request, is_approved=True, by=world.head)
    assert Card.objects.get(pk=card.pk).is_forgotten
