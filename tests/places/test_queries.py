"""Reads of places: finding, walking, then and now, points of the map."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.cache import cache
from django.utils import translation

from ashar.kernel.text import search_key
from ashar.places import queries
from ashar.places.models import Succession, Territory
from ashar.places.queries import find, territory

pytestmark = pytest.mark.usefixtures("register")

UZGEN_CITY = "41706255600010"
CHATKAL_AIMAK = "41703230841000"
KARA_KUL_CITY = "41703440000010"
KARGALYK = "41703223812000"
KAZARMAN = "41703223812010"
BISHKEK = "41711000000000"
ALAMUDUN_AIMAK = "41708203807000"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ("озгон", UZGEN_CITY),
        ("Өзгөн", UZGEN_CITY),
        ("Узген", UZGEN_CITY),
        ("Uzgen", UZGEN_CITY),
        ("г. Узген", UZGEN_CITY),
        ("Чаткал", CHATKAL_AIMAK),
        ("ЧАТКАЛЬСКИЙ АЙЫЛНЫЙ АЙМАК", CHATKAL_AIMAK),
        ("Chatkal", CHATKAL_AIMAK),
        ("Кара-Куль", KARA_KUL_CITY),
        ("Кара-Көл", KARA_KUL_CITY),
        ("кара кол", KARA_KUL_CITY),
        ("Каргалык", KARGALYK),
        ("казарман", KAZARMAN),
        ("Kazarman", KAZARMAN),
        ("41703223812", KARGALYK),
    ],
)
def test_a_place_is_found_however_it_is_spelt(asked, code):
    assert code in [unit.code for unit in find(asked)[:40]]


def test_every_place_of_the_name_is_listed_with_its_district():
    with translation.override("ru"):
        labels = sorted(unit.label for unit in find("Ленинский", kinds=["ayil_aimak"]))
    assert labels == [
        "Ленинский айылный аймак (Алайский район)",
        "Ленинский айылный аймак (Аламудунский район)",
        "Ленинский айылный аймак (Сузакский район)",
    ]


@pytest.mark.parametrize("asked", ["", "   ", "%", "_", "|", "'; drop table", "ы" * 500, "\x00"])
def test_hostile_questions_find_nothing_and_break_nothing(asked):
    assert list(find(asked)) == []


def test_the_fictitious_village_is_found_after_real_ones_of_the_name():
    found = list(find("Достук", kinds=["village"]))
    assert len(found) > 5
    assert [unit.code for unit in found if unit.is_demonstration] == ["41799299899030"]


def test_everything_inside_an_oblast_is_one_query(django_assert_num_queries):
    jalal_abad = territory("41703000000000")
    with django_assert_num_queries(1):
        units = list(queries.inside(jalal_abad))
        labels = [unit.label_in("ky") for unit in units]
    assert len(labels) == len(units)
    assert {unit.code[:5] for unit in units} == {"41703"}
    expected = Territory.objects.filter(code__startswith="41703").count()
    assert len(units) == expected


def test_ancestors_are_one_query_from_the_country_down(django_assert_num_queries):
    kazarman = territory(KAZARMAN)
    with django_assert_num_queries(1):
        above = queries.ancestors(kazarman)
    assert [unit.code for unit in above] == [
        "41700000000000",
        "41703000000000",
        "41703223000000",
        KARGALYK,
    ]
    assert queries.municipality_of(kazarman).code == KARGALYK
    assert queries.municipality_of(territory("41703223000000")) is None


def test_a_label_tells_what_the_place_lies_in():
    assert territory("41703204806000").label_in("ky") == "Ак-Там айыл аймагы (Ала-Бука району)"
    assert territory(KARGALYK).label_in("ky") == ("Каргалыкский айылный аймак (Тогуз-Торо району)")
    assert territory(KAZARMAN).label_in("ru") == (
        "с. Казарман (Каргалыкский айылный аймак, Тогуз-Тороуский район)"
    )
    assert territory("41703223000000").label_in("en") == "Toguz-Toro district (Jalal-Abad oblast)"
    assert territory(BISHKEK).label_in("ky") == "Бишкек шаары"


def test_villages_of_an_aimak_stand_in_kyrgyz_order():
    assert [unit.name_ky for unit in queries.villages_of(territory("41799299899000"))] == [
        "Бирдик",
        "Достук",
        "Ынтымак",
    ]
    assert queries.children(territory("41799299000000")).get().code == "41799299899000"


def test_an_absorbed_aimak_is_the_city_today_and_itself_then():
    aimak = territory(ALAMUDUN_AIMAK)
    (now,) = queries.as_now(aimak)
    assert (now.territory.code, now.share) == (BISHKEK, None)
    assert queries.as_then(ALAMUDUN_AIMAK, date(2015, 6, 1)) == aimak
    with pytest.raises(Territory.DoesNotExist):
        queries.as_then(ALAMUDUN_AIMAK, date(2025, 6, 1))


def test_a_unit_without_successor_is_its_own_today():
    kargalyk = territory(KARGALYK)
    assert queries.as_now(kargalyk) == [queries.Share(kargalyk, 1.0)]


def test_successions_are_followed_to_the_end_and_shares_multiplied():
    aimak, first, second, third = (
        Territory.objects.create(
            code=f"4170000000000{number}",
            kind="ayil_aimak",
            name_ru=f"Проба {number}",
            level=3,
            valid_to=None if number > 2 else date(2024, 12, 31),
        )
        for number in range(1, 5)
    )
    for old, new, share in ((aimak, first, "0.5"), (aimak, second, "0.5"), (first, third, "1")):
        Succession.objects.create(predecessor=old, successor=new, kind="split", share=share)
    assert [(end.territory, end.share) for end in queries.as_now(aimak)] == [
        (second, 0.5),
        (third, 0.5),
    ]


def test_the_area_of_bishkek_then_had_eight_aimaks_more():
    bishkek = territory(BISHKEK)
    assert len(queries.area_then(bishkek, date(2015, 1, 1))) == 9
    assert queries.area_then(bishkek, date(2025, 6, 1)) == [bishkek]


def test_the_map_is_one_query_and_then_none(django_assert_num_queries):
    cache.delete(queries.POINTS_CACHE)
    with django_assert_num_queries(1):
        points = queries.map_points()
    assert len(points) == 1254
    with django_assert_num_queries(0):
        assert queries.map_points() == points
    inside_country = [point for point in points if 39 < point.lat < 43.5 and 69 < point.lon < 80.5]
    assert len(inside_country) == 1254


@pytest.mark.parametrize("asked", ["Кара-Куль", "кара көл", "Kara-Kul"])
def test_lists_of_other_rooms_find_the_place_by_its_key(asked):
    keyed = Territory.objects.filter(search_key__contains=search_key(asked))
    assert KARA_KUL_CITY in keyed.values_list("code", flat=True)


def test_records_of_other_rooms_are_narrowed_by_a_condition():
    aimak = territory("41799299899000")
    inside_aimak = Succession.objects.filter(
        queries.inside_by("successor", territory(BISHKEK)) & ~queries.inside_by("successor", aimak)
    )
    assert inside_aimak.count() == 8


def test_a_unit_without_a_path_is_only_itself():
    stray = Territory.objects.create(code="41700000000009", kind="village", name_ru="x", level=4)
    assert list(queries.inside(stray)) == [stray]
