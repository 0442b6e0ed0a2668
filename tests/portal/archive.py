"""The places of the archive, without the whole register, and the archive entered into them."""

from __future__ import annotations

import csv
from pathlib import Path

import yaml

from ashar.places.models import Territory
from tests.people import territory

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "data" / "archive" / "municipal-social-order-2013-2015.yaml"
DATA = yaml.safe_load(FILE.read_text(encoding="utf-8"))
TOGUS_BULAK, KARGALYK = "41705236842000", "41703223812000"
KARA_KUL, OMURALIEV = "41703440000010", "41707232859000"
COUNTRY = "41700000000000"


def enter_places():
    """Enter the municipalities of the archive with the units above them."""
    with (ROOT / "data/places/territories.csv").open(encoding="utf-8") as table:
        rows = {row["code"]: row for row in csv.DictReader(table)}
    entered = {one.code: one for one in Territory.objects.all()}

    def enter(code):
        row = rows[code]
        above = enter(row["parent_code"]) if row["parent_code"] else None
        if code not in entered:
            entered[code] = territory(code, row["kind"], row["name_ru"], above)
        return entered[code]

    for one in DATA["municipalities"]:
        enter(one["code"])
    Territory.objects.exclude(code__startswith="41799").update(is_demonstration=False)
