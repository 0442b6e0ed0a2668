"""Pages of places: everybody may read the register, Zamir included."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.contrib.auth import get_user_model
from python_calamine import CalamineWorkbook

from ashar.places.models import Territory

pytestmark = pytest.mark.usefixtures("register")


@pytest.fixture
def zamir(client):
    """A person with an account and no mandate."""
    client.force_login(get_user_model().objects.create_user(username="zamir"))
    return client


def names(response):
    return [row.record.code for row in response.context["table"].paginated_rows]


def test_the_list_begins_with_the_country_and_counts_everything(client):
    response = client.get("/ky/places/")
    assert response.status_code == 200
    assert response.context["count"] == 2536
    assert names(response)[:2] == ["41700000000000", "41705000000000"]


def test_zamir_reads_what_everybody_reads(client, zamir):
    assert zamir.get("/ky/places/").context["count"] == 2536
    assert zamir.get("/ky/places/find/", {"q": "озгон"}).status_code == 200


def test_search_oblast_and_kind_narrow_the_list(client):
    asked = {"q": "озгон", "oblast": "41706000000000", "kind": "city_rayon"}
    assert names(client.get("/ru/places/", asked)) == ["41706255600010"]


def test_a_hostile_filter_is_answered_with_a_page(client):
    asked = {"q": "'\"<script>%_", "oblast": "x", "kind": "x", "page": "-1", "sort": "nothing"}
    assert client.get("/ky/places/", asked).status_code == 200


def test_a_russian_name_on_a_kyrgyz_page_is_marked_as_russian(client):
    page = client.get("/ky/places/", {"q": "41703223812000"}).content.decode()
    assert '<span lang="ru">Каргалыкский айылный аймак</span>' in page


def test_an_absorbed_and_a_fictitious_aimak_are_remarked(client):
    absorbed = client.get("/en/places/", {"q": "41708203831000"}).content.decode()
    assert "Ended in 2024" in absorbed
    fictitious = client.get("/en/places/", {"q": "41799299899000"}).content.decode()
    assert "Demonstration: this place does not exist" in fictitious


def test_inhabitants_are_shown_with_their_year_and_unknown_ones_as_a_dash(client):
    known = client.get("/en/places/", {"q": "41706255600010"}).content.decode()
    assert ">62\N{NO-BREAK SPACE}556 (2023)<" in known
    unknown = client.get("/en/places/", {"q": "41799299000000"}).content.decode()
    assert ">—<" in unknown


def test_excel_holds_what_was_filtered(client):
    response = client.get("/en/places/", {"q": "41799299899", "to": "xlsx"})
    rows = CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0)
    lines = rows.to_python()
    assert [line[0] for line in lines] == [
        "Name of the place",
        "Model ayil aimak",
        "Birdik village",
        "Yntymak village",
        "Dostuk village",
    ]
    assert lines[1][3] == 3847


def test_the_list_takes_the_same_few_queries_for_any_number_of_rows(
    client, django_assert_max_num_queries
):
    client.get("/ky/places/")
    for asked in ({}, {"q": "41799299899010"}, {"q": "ак"}):
        with django_assert_max_num_queries(4):
            client.get("/ky/places/", asked)


def test_suggestions_name_the_district_of_each_place(client):
    response = client.get("/ru/places/find/", {"q": "Ленинский", "kind": "ayil_aimak"})
    assert [row["label"] for row in response.json()["results"]] == [
        "Ленинский айылный аймак (Сузакский район)",
        "Ленинский айылный аймак (Алайский район)",
        "Ленинский айылный аймак (Аламудунский район)",
    ]


def test_suggestions_stay_inside_the_place_asked_for(client):
    asked = {"q": "достук", "inside": "41799299899000"}
    (found,) = client.get("/ky/places/find/", asked).json()["results"]
    assert found == {
        "code": "41799299899030",
        "label": "Достук айылы (Үлгү айыл аймагы, Үлгү району)",
        "kind": "village",
        "url": "/ky/places/41799299899030/",
        "is_demonstration": True,
    }


def test_htmx_is_given_options_of_a_list(client):
    response = client.get("/ky/places/find/", {"q": "Бирдик"}, headers={"HX-Request": "true"})
    assert 'value="41799299899010 Бирдик айылы (Үлгү айыл аймагы, Үлгү району)"' in (
        response.content.decode()
    )


@pytest.mark.parametrize("question", ["", " ", "\x00", "%", "ы" * 5000])
def test_an_empty_or_hostile_question_suggests_nothing(client, question):
    assert client.get("/ky/places/find/", {"q": question}).json() == {"results": []}


def test_a_page_cannot_be_posted_to(client):
    assert client.post("/ky/places/").status_code == 405
    assert Territory.objects.count() == 2536
