"""`ashar rights`: the table of rights, made from the law files and the table of pages."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from ashar.portal.queries.rights import Right, keepers, rights

PAGE = Path("docs") / "rights.md"
VIEWS = Path("tests") / "journeys" / "every_view.csv"
OPEN, LED_TO_THE_DOOR = "200", "302"
# The cast of the tests, by what each may be: docs say roles, not names.
CAST = {
    "nobody": "not signed in",
    "zamir": "signed in, no mandate",
    "aigul": "specialist of the customer",
    "kanat": "deputy of the kenesh",
    "bakyt": "member of the commission",
    "begimai": "member with an interest",
    "chinara": "winner's representative",
    "jamila": "loser's representative",
    "murat": "representative of a group not admitted",
    "daniyar": "citizen",
    "elmira": "officer of the ministry",
    "farid": "manager of the donor",
}


class Command(BaseCommand):
    """Write docs/rights.md, or only say whether it is up to date."""

    help = "Write docs/rights.md; --check only says whether it is up to date; --print shows it."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """What to do with the table."""
        parser.add_argument("--check", action="store_true")
        parser.add_argument("--print", action="store_true", dest="is_printed")

    def handle(self, *, check: bool, is_printed: bool, **_options: Any) -> None:
        """Make the table; write, compare or print it."""
        made = page(Path(settings.BASE_DIR))
        path = Path(settings.BASE_DIR) / PAGE
        if is_printed:
            self.stdout.write(made)
        elif not check:
            path.write_text(made, encoding="utf-8")
            self.stdout.write(f"{PAGE} is written")
        elif not path.exists() or path.read_text(encoding="utf-8") != made:
            raise CommandError(f"{PAGE} is out of date. Write it anew: ashar rights")


def page(root: Path) -> str:
    """Return the table of rights as a page of the documentation."""
    return "\n".join([*_head(), *_moves(), *_mandates(), *_views(root / VIEWS)]) + "\n"


def _head() -> Iterator[str]:
    yield "# Who may what"
    yield ""
    yield "Written by `ashar rights` from the law files and from `tests/journeys/every_view.csv`,"
    yield "which a test fills by asking for every page as each of the cast. Nobody edits it by hand."
    yield ""
    yield "A right comes from a mandate: a person acts for a body, in a role, from a day to a day, by"
    yield "an act; one person proposes it, another confirms it. Without one there is nothing to do."


def _moves() -> Iterator[str]:
    previous = ("", "")
    for right in rights("en"):
        if (right.procedure, right.track) != previous:
            previous = (right.procedure, right.track)
            yield ""
            yield f"## {right.procedure}: {right.track}"
            yield ""
            yield "| Stage | Move | Who | Mandates | |"
            yield "|---|---|---|---|---|"
        yield _row(right)


def _row(right: Right) -> str:
    marks = [
        *(["weighty: signed in anew, public checkpoint"] if right.is_decisive else []),
        *(["another person than who prepared it"] if right.needs_second_person else []),
    ]
    cells = (
        right.stage,
        f"{right.title} (`{right.move}`)",
        ", ".join(right.actors),
        ", ".join(right.mandates) or "–",
        "; ".join(marks),
    )
    return f"| {' | '.join(cells)} |"


def _mandates() -> Iterator[str]:
    proposing, confirming = keepers()
    yield ""
    yield "## Mandates"
    yield ""
    yield "| Step | Roles of the body, or of the body that formed it |"
    yield "|---|---|"
    yield f"| propose, end | {', '.join(proposing)}, administrator |"
    yield f"| confirm, never one's own proposal or mandate | {', '.join(confirming)}, administrator |"


def _views(table: Path) -> Iterator[str]:
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    yield ""
    yield "## Pages"
    yield ""
    yield "Who may open a page, with the objects of the demonstration; everybody else is led to the"
    yield "door or finds no such page. Pages open to whoever comes are left out."
    yield ""
    yield "| Page | Who |"
    yield "|---|---|"
    for row in rows:
        if row["nobody"] == OPEN:
            continue
        who = [CAST[name] for name in CAST if row.get(name) == OPEN]
        yield f"| {row['page']} | {', '.join(who) or 'none of the cast at this stage'} |"
