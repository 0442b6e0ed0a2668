"""Print the chain of a place: from each need to the evaluation of what answered it."""

from __future__ import annotations

import json
from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from ashar.places.models import Territory
from ashar.places.queries import find, territory
from ashar.portal.core import Link
from ashar.portal.queries.chain import chain


class Command(BaseCommand):
    """`ashar chain PLACE --json`."""

    help = "Prints the chain of a place, from need to evaluation, with every figure's source."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """PLACE is a code of 14 digits, or a name that only one municipality has."""
        parser.add_argument("place")
        parser.add_argument("--json", action="store_true", help="as data")

    def handle(self, *, place: str, json: bool, **_options: object) -> None:
        """Find the place and print its chain."""
        found = chain(self._territory(place))
        if json:
            self.stdout.write(as_text(found.as_json()))
            return
        self.stdout.write(f"{found.place['ru']} ({found.code})")
        for link in (*found.studies, *found.needs, *found.others):
            self._print(link, 0)

    def _print(self, link: Link, depth: int) -> None:
        """Print a link, its figures, and what is below it."""
        margin = "  " * depth
        stage = link.stage.get("ru", "")
        self.stdout.write(
            f"{margin}{link.kind}: {link.title.get('ru') or link.title.get('ky')}"
            f"{f' [{stage}]' if stage else ''}"
        )
        for figure in link.figures:
            source = f" ({figure.source})" if figure.source else ""
            self.stdout.write(f"{margin}  - {figure.title.get('ru')}: {figure.value}{source}")
        for child in link.children:
            self._print(child, depth + 1)

    def _territory(self, place: str) -> Territory:
        """Return the place of the code or of the name; refuse a name that several have."""
        if place.isdigit():
            try:
                return territory(place)
            except Territory.DoesNotExist as missing:
                message = f"There is no place with the code {place}."
                raise CommandError(message) from missing
        named = [one for one in find(place)[:20] if one.is_municipality]
        if len(named) != 1:
            listed = "\n".join(f"  {one.code}  {one.label_in('ru')}" for one in named)
            message = f"{len(named)} municipalities are called so; give the code:\n{listed}"
            raise CommandError(message)
        return named[0]


def as_text(data: dict[str, object]) -> str:
    """Return the data as JSON with Cyrillic letters kept readable."""
    return json.dumps(data, ensure_ascii=False, indent=1)
