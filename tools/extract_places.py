"""Write data/places/*.csv from the compiled tables of territories: facts only, no outlines.

Use: python tools/extract_places.py FOLDER_WITH_TERRITORIES_CSV. What is kept, what is left out
and whose figures they are stands in docs/data.md.
"""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "data" / "places"
# Column of ours: column of the compiled table. Empty cells stay empty.
COLUMNS = {
    "code": "code",
    "parent_code": "parent_code",
    "kind": "type",
    "name_ky": "name_ky",
    "name_ru": "name_ru",
    "name_en": "name_en",
    "name_ky_source": "name_ky_source",
    "name_en_source": "name_en_source",
    "population": "population_total",
    "population_year": "year",
    "population_basis": "population_basis",
    "lat": "lat",
    "lon": "lon",
    "valid_to": "valid_to",
    "source": "source",
    "note": "note",
}
SUCCESSION = ("predecessor", "successor", "kind", "on", "share", "act", "source")
COPIED = ("seed_municipalities.csv", "population_series.csv")


def read(path: Path) -> list[dict[str, str]]:
    """Return the rows of a table."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """Write rows in the order of the source."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    print(f"{path.name}: {len(rows)} rows")


def succession(row: dict[str, str]) -> dict[str, str]:
    """Return the passing of a unit to the one that absorbed it; no share or act is known."""
    return {
        "predecessor": row["code"],
        "successor": row["successor_code"],
        "kind": "transfer",
        "on": row["valid_to"],
        "source": row["note"],
    }


def extract(source: Path) -> None:
    """Write every table of the project from the folder of compiled tables."""
    TARGET.mkdir(parents=True, exist_ok=True)
    absorbed: list[dict[str, str]] = []
    for name in ("territories.csv", "settlements.csv"):
        rows = read(source / name)
        absorbed += [succession(row) for row in rows if row["successor_code"]]
        kept = [{ours: row[theirs] for ours, theirs in COLUMNS.items()} for row in rows]
        write(TARGET / name, tuple(COLUMNS), kept)
    write(TARGET / "successions.csv", SUCCESSION, absorbed)
    for name in COPIED:
        shutil.copyfile(source / name, TARGET / name)


if __name__ == "__main__":
    extract(Path(sys.argv[1]))
