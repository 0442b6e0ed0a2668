"""The public pages in three languages, for everybody, light and without a script."""

from __future__ import annotations

import gzip

import pytest
from django.contrib.auth import get_user_model

from ashar.desk.core import PASSWORD
from ashar.parties import actions
from ashar.places.models import Territory
from ashar.portal.core import Figure
from ashar.portal.templatetags.portal import aim, amount, written
from tests.people import build_world
from tests.portal.archive import COUNTRY, TOGUS_BULAK

PAGES = (
    "/",
    "/search/?q=тогуз",
    f"/places/{TOGUS_BULAK}/",
    f"/places/{COUNTRY}/",
    "/law/",
    "/law/municipal_social_order/2022-11-25/",
    "/law/municipal_social_order/2022-11-25/?profile=demonstration",
)
LARGEST = 60 * 1024


@pytest.mark.parametrize("language", ["ky", "ru", "en"])
@pytest.mark.parametrize("address", PAGES)
def test_pages_are_light_and_need_no_script(client, archive, language, address):
    answer = client.get(f"/{language}{address}")
    assert answer.status_code == 200
    assert len(gzip.compress(answer.content)) <= LARGEST
    assert b"<script" not in answer.content


@pytest.mark.parametrize("address", PAGES)
def test_zamir_reads_what_everybody_reads(client, archive, address):
    let_zamir_in()
    public = client.get(f"/ky{address}")
    client.force_login(get_user_model().objects.get(username="zamir"))
    assert client.get(f"/ky{address}").status_code == public.status_code


def let_zamir_in():
    """Zamir has an account and nothing else."""
    person = actions.register_person(name="Замир", by=None)
    actions.open_account(person=person, username="zamir", password=PASSWORD, by=None)


def test_figures_of_the_source_keep_its_words(client, archive):
    html = client.get(f"/ru/places/{COUNTRY}/").content.decode()
    assert "более 3\u00a0000 человек" in html
    assert "около 11\u00a0000\u00a0000 сом" in html
    assert "в источнике числа нет" in html


def test_a_likely_place_says_so_in_the_readers_language(client, archive):
    html = client.get(f"/ky/places/{TOGUS_BULAK}/").content.decode()
    assert "Булакта аталган жер, сыягы, ушул аймак" in html


def test_only_invented_pages_are_called_invented(client, archive):
    real = client.get(f"/ru/places/{TOGUS_BULAK}/").content.decode()
    assert "на этой странице вымышлены" not in real


def test_places_of_the_archive_stand_on_the_map(client, archive):
    Territory.objects.filter(code=TOGUS_BULAK).update(lat=39.9, lon=69.9)
    html = client.get("/ru/").content.decode()
    assert f'<a href="/ru/places/{TOGUS_BULAK}/" aria-label=' in html
    assert "координаты неизвестны" in html


def test_the_model_aimak_is_called_invented(client, db):
    world = build_world()
    html = client.get(f"/ru/places/{world.aimak.code}/").content.decode()
    assert "на этой странице вымышлены" in html
    assert "пока ничего не опубликовано" in html


@pytest.mark.parametrize("address", ["/places/00000000000000/", "/law/nothing/2022-01-01/",
                                     "/law/municipal_social_order/1999-01-01/",
                                     f"/law/{'x' * 500}/2022-01-01/",
                                     f"/law/municipal_social_order/{'x' * 500}/"])  # fmt: skip
def test_what_is_not_there(client, db, address):
    assert client.get(f"/ky{address}").status_code == 404


@pytest.mark.parametrize("asked", ["", "  ", "%00", "'; drop table", "а" * 500, "<b>"])
def test_search_takes_anything(client, archive, asked):
    assert client.get("/ky/search/", {"q": asked}).status_code == 200


def test_search_finds_in_any_spelling(client, archive):
    html = client.get("/ky/search/", {"q": "инсан лейлек"}).content.decode()
    assert "Инсан-Лейлек" in html


def test_unknown_figures_are_named(client, db):
    html = client.get("/ru/law/municipal_social_order/2022-11-25/").content.decode()
    assert 'id="unknown"' in html


@pytest.mark.parametrize(
    ("value", "expected"),
    [("115550", "115\u00a0550"), ("12.5", "12,5"), ("№ 12-3", "№ 12-3"), ("", "")],
)
def test_values_are_written_for_people(value, expected):
    assert written(value) == expected


def test_a_figure_without_a_value_says_so():
    silent = Figure(title={"ru": "Доверие"}, value="")
    goal = Figure(title={"ru": "Дети"}, value="", target="82")
    assert amount(silent) != ""
    assert amount(goal) == ""
    assert "82" in aim(goal)
