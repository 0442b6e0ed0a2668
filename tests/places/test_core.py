"""Names of places: fallback, words for kinds, spellings that mean the same."""

from __future__ import annotations

import pytest

from ashar.places.core import Naming, PlaceName, asked_name, full_name, plain_name, spelling_key

AIMAK = Naming("ayil_aimak", "Ак-Там", "Ак-Тамский айылный аймак", "")
BLANK = Naming("ayil_aimak", "", "Каргалыкский айылный аймак", "")
VILLAGE = Naming("village", "Ак-Булун", "с. Ак-Булун", "Akbulun")


@pytest.mark.parametrize(
    ("naming", "language", "expected"),
    [
        (AIMAK, "ky", PlaceName("Ак-Там айыл аймагы", "ky")),
        (AIMAK, "ru", PlaceName("Ак-Тамский айылный аймак", "ru")),
        (AIMAK, "en", PlaceName("Ак-Тамский айылный аймак", "ru")),
        (BLANK, "ky", PlaceName("Каргалыкский айылный аймак", "ru")),
        (VILLAGE, "ky", PlaceName("Ак-Булун айылы", "ky")),
        (VILLAGE, "ru", PlaceName("с. Ак-Булун", "ru")),
        (VILLAGE, "en", PlaceName("Akbulun village", "en")),
    ],
)
def test_full_name_falls_back_to_russian_and_says_so(naming, language, expected):
    assert full_name(naming, language) == expected


@pytest.mark.parametrize(
    ("naming", "language", "expected"),
    [
        (VILLAGE, "ru", PlaceName("Ак-Булун", "ru")),
        (Naming("pgt", "", "пгт. Борду", ""), "ky", PlaceName("Борду", "ru")),
        (Naming("city_republican", "Ош", "г. Ош", "Osh"), "ru", PlaceName("Ош", "ru")),
    ],
)
def test_the_word_for_the_kind_is_stripped(naming, language, expected):
    assert plain_name(naming, language) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("озгон", "Өзгөн"),
        ("Uzgen", "Өзгөн"),
        ("Кара-Куль", "Кара-Көл"),
        ("Kara-Kul", "кара көл"),
        ("Джети-Огуз", "Жети-Өгүз"),
        ("Иссык-Куль", "Ысык-Көл"),
        ("Issyk-Kul", "Ысык-Көл"),
        ("Chatkal", "Чаткал"),
        ("Бел-Алды", "Бель-Алды"),
        ("Берю-Баш", "Бөрү-Баш"),
        ("Chuy", "Чүй"),
    ],
)
def test_spellings_of_one_name_share_a_key(one, other):
    assert spelling_key(one) == spelling_key(other)


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("г. Ош", "Ош"),
        ("Каргалык айыл аймагы", "Каргалык"),
        ("Чаткальский АА", "Чаткальский"),
        ("с. Казарман", "Казарман"),
        ("АА", "АА"),
    ],
)
def test_the_name_is_taken_out_of_the_question(asked, meant):
    assert asked_name(asked) == meant
