"""Choosing places: villages of a municipality, or a place named in words."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from ashar.places.forms import PlaceField, PlaceSearchField
from ashar.places.queries import territory

pytestmark = pytest.mark.usefixtures("register")

MODEL_AIMAK = "41799299899000"


def test_villages_of_the_municipality_are_offered():
    field = PlaceField(municipality=territory(MODEL_AIMAK))
    with translation.override("ky"):
        assert [str(label) for _pk, label in field.choices][1:] == [
            "Бирдик айылы",
            "Достук айылы",
            "Ынтымак айылы",
        ]


def test_a_village_of_another_aimak_is_refused():
    field = PlaceField(municipality=territory(MODEL_AIMAK))
    with pytest.raises(ValidationError):
        field.clean(territory("41703223812010").pk)


def test_a_form_may_learn_its_municipality_when_opened():
    field = PlaceField()
    field.offer(territory(MODEL_AIMAK))
    village = territory("41799299899010")
    assert field.clean(village.pk) == village


@pytest.mark.parametrize(
    "typed",
    [
        "41703223812000",
        "41703223812000 Каргалыкский айылный аймак (Тогуз-Торо району)",
        "Каргалыкский",
        "каргалык",
    ],
)
def test_a_place_is_understood_by_code_or_by_a_name_only_it_bears(typed):
    field = PlaceSearchField(kinds=("ayil_aimak",))
    assert field.clean(typed).code == "41703223812000"


def test_a_name_of_several_places_is_asked_again_with_their_districts():
    with pytest.raises(ValidationError) as refused, translation.override("ru"):
        PlaceSearchField(kinds=("ayil_aimak",)).clean("Ленинский")
    sentence = refused.value.message
    assert refused.value.code == "several"
    for code in ("41706207830000", "41703220846000", "41708203834000"):
        assert code in sentence


def test_an_unknown_name_says_what_to_do():
    with pytest.raises(ValidationError) as refused:
        PlaceSearchField().clean("Нигдеград")
    assert refused.value.code == "unknown"


def test_an_absorbed_aimak_cannot_be_chosen_today():
    with pytest.raises(ValidationError):
        PlaceSearchField().clean("41708203831000")


def test_a_field_that_may_be_empty_gives_none():
    assert PlaceSearchField(required=False).clean("") is None
