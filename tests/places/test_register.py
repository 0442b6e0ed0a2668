"""The register after loading: counts, blanks, repeated names, absorbed aimaks."""

from __future__ import annotations

import csv
import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction

from ashar.places.actions import enter_territory, load_places
from ashar.places.models import Succession, Territory
from ashar.places.queries import find, inside

pytestmark = pytest.mark.usefixtures("register")

TABLES = Path(__file__).resolve().parents[2] / "data" / "places"
BISHKEK, OSH = "41711000000000", "41721000000000"


def real():
    return Territory.objects.filter(is_demonstration=False)


def test_every_row_of_the_register_is_entered():
    assert dict(Counter(real().values_list("kind", flat=True))) == {
        "country": 1,
        "oblast": 7,
        "city_republican": 2,
        "rayon": 40,
        "city_oblast": 12,
        "city_district": 4,
        "ayil_aimak": 452,
        "city_rayon": 18,
        "pgt": 9,
        "village": 1986,
    }
    assert real().exclude(kind="village").count() == 545


def test_ten_absorbed_aimaks_are_marked_with_the_city_that_took_them():
    passed = Counter(Succession.objects.values_list("successor__code", "kind"))
    assert passed == {(BISHKEK, "transfer"): 8, (OSH, "transfer"): 2}
    absorbed = Territory.objects.filter(valid_to__isnull=False)
    assert set(absorbed.values_list("kind", "valid_to", "is_valid_to_year_only")) == {
        ("ayil_aimak", date(2024, 12, 31), True)
    }
    assert absorbed.count() == 10
    assert set(Succession.objects.values_list("share", "act")) == {(None, "")}


def test_what_the_source_leaves_blank_stays_blank():
    aimaks = real().filter(kind="ayil_aimak")
    assert aimaks.filter(name_ky="").count() == 289
    assert real().filter(kind="village").exclude(name_ky="").count() == 1076
    assert real().filter(kind="village", population__isnull=True).count() == 30
    assert real().filter(kind="village", lat__isnull=False).count() == 1254
    assert real().filter(kind="city_district", population__isnull=False).count() == 0


def test_nobody_living_there_is_not_the_same_as_unknown():
    with (TABLES / "settlements.csv").open(encoding="utf-8") as file:
        zero = {row["code"] for row in csv.DictReader(file) if row["population"] == "0"}
    assert set(real().filter(population=0).values_list("code", flat=True)) == zero


def test_places_of_one_name_stay_apart():
    names = list(real().values_list("name_ru", flat=True))
    assert Counter(names)["Ленинский айылный аймак"] == 3
    assert len(set(real().values_list("code", flat=True))) == len(names) == 2531


def test_codes_are_text_of_fourteen_digits_and_paths_lead_from_the_country():
    for code, path in Territory.objects.values_list("code", "path"):
        assert len(code) == 14
        assert path.startswith("41700000000000/")
        assert path.endswith(f"{code}/")


def test_loading_again_changes_nothing():
    loaded = load_places(TABLES)
    assert (loaded.created, loaded.updated, loaded.unchanged, loaded.successions) == (
        0,
        0,
        2536,
        10,
    )


def test_loading_again_mends_only_what_differs(capsys):
    Territory.objects.filter(code=OSH).update(population=1, parent=None)
    call_command("load_places")
    assert capsys.readouterr().out.startswith("Places: 0 entered, 1 changed, 2535 as before, 10")
    assert Territory.objects.get(code=OSH).population == 361273
    assert Territory.objects.get(code=OSH).parent.code == "41700000000000"


def test_a_table_with_a_fault_enters_nothing(tmp_path):
    for table in TABLES.glob("*.csv"):
        shutil.copy(table, tmp_path)
    text = (TABLES / "demonstration.csv").read_text(encoding="utf-8")
    faulty = text.replace("41799299899000,village", "41799299899999,village").replace(
        ",3847,", ",1,"
    )
    (tmp_path / "demonstration.csv").write_text(faulty, encoding="utf-8")
    with pytest.raises(CommandError, match="41799299899999 is missing"):
        call_command("load_places", folder=tmp_path)
    assert Territory.objects.get(code="41799299899000").population == 3847


def test_the_fictitious_aimak_is_marked_as_such():
    fictitious = Territory.objects.filter(is_demonstration=True).order_by("code")
    assert [(unit.code, unit.kind, unit.name_ky, unit.population) for unit in fictitious] == [
        ("41799299000000", "rayon", "Үлгү", None),
        ("41799299899000", "ayil_aimak", "Үлгү", 3847),
        ("41799299899010", "village", "Бирдик", 1840),
        ("41799299899020", "village", "Ынтымак", 1265),
        ("41799299899030", "village", "Достук", 742),
    ]


@pytest.mark.parametrize("valid_from", [None, date(2024, 1, 1)])
def test_a_unit_has_one_row_for_one_beginning(valid_from):
    values = {"code": "41700000000001", "kind": "village", "name_ru": "с. Проба", "level": 4}
    Territory.objects.create(**values, valid_from=valid_from)
    with pytest.raises(IntegrityError), transaction.atomic():
        Territory.objects.create(**values, valid_from=valid_from)


def test_a_unit_cannot_end_before_it_begins():
    with pytest.raises(IntegrityError), transaction.atomic():
        Territory.objects.create(
            code="41700000000001",
            kind="village",
            name_ru="с. Проба",
            level=4,
            valid_from=date(2024, 1, 1),
            valid_to=date(2023, 1, 1),
        )


def test_a_unit_entered_by_hand_is_found_and_lies_where_it_should():
    aimak = Territory.objects.get(code="41799299899000")
    village = enter_territory(
        code="41799299899040", kind="village", parent=aimak, name_ru="с. Новое", name_ky="Жаңы"
    )
    assert village.path == f"{aimak.path}41799299899040/"
    assert list(find("жаны", among=inside(aimak))[:1]) == [village]


@pytest.mark.parametrize("code", ["417", "4179929989904x", "417992998990400"])
def test_a_wrong_code_is_refused(code):
    with pytest.raises(ValidationError):
        enter_territory(code=code, kind="village", parent=None, name_ru="с. Новое")
