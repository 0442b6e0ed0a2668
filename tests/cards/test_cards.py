from __future__ import annotations

from datetime import date

import pytest

from ashar.journal.models import Entry
from ashar.people import actions
from ashar.people.models import Card
from tests.cards.synthetic import draft

pytestmark = pytest.mark.django_db


def test_a_card_is_read_as_it_was_written(card):
    kept = Card.objects.get(pk=card.pk)
    assert kept.full_name == "Синтетикова Өрүктү Тестовна"
    assert kept.birth.age_on(date(2026, 3, 14)) == 35
    assert (kept.pin, kept.phone) == ("11503199000077", "0555 000 111")


def test_a_correction_keeps_what_stood_there(world, card):
    fixed = draft(name="Өрүк", born_on=None, birth_year="1990")
    actions.correct_card(
        Card.objects.get(pk=card.pk), fixed, version=1, reason="паспорт", by=world.aigul
    )
    kept = Card.objects.get(pk=card.pk)
    assert (kept.name, kept.born_on, kept.birth_year, kept.version) == ("Өрүк", None, "1990", 2)
    (correction,) = kept.corrections.all()
    assert correction.before == {"name": "Өрүктү", "born_on": "1990-03-15", "birth_year": ""}
    entry = Entry.objects.get(action="card_corrected")
    assert entry.data == {"fields": ["birth_year", "born_on", "name"]}


def test_two_clerks_do_not_overwrite_each_other(world, card):
    first, second = Card.objects.get(pk=card.pk), Card.objects.get(pk=card.pk)
    actions.correct_card(first, draft(name="А"), version=1, reason="бир", by=world.aigul)
    with pytest.raises(actions.ChangedMeanwhile):
        actions.correct_card(second, draft(name="Б"), version=1, reason="эки", by=world.azamat)
    assert Card.objects.get(pk=card.pk).name == "А"


def test_a_corrected_number_is_found_by_the_new_one_only(world, card):
    fixed = draft(pin="11503199000099")
    actions.correct_card(
        Card.objects.get(pk=card.pk), fixed, version=1, reason="ката", by=world.aigul
    )
    assert [one.pk for one in Card.objects.filter(pin_index="11503199000099")] == [card.pk]
    assert not Card.objects.filter(pin_index="11503199000077").exists()
