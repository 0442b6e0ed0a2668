"""Say what Ashar sees in a spreadsheet, before it is brought in anywhere."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from ashar.documents.choices import sheet_sentence
from ashar.documents.core import read_sheet

SHOWN = 5


class Command(BaseCommand):
    """`ashar sheet FILE`."""

    help = "Prints what is seen in an XLSX, ODS or CSV file: rows, and why others are refused."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file; nothing of it is kept."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--all", action="store_true", help="print every row")

    def handle(self, *, file: Path, all: bool, **_options: object) -> None:  # noqa: A002 - the option's name
        """Read the file and print it."""
        try:
            sheet = read_sheet(file.read_bytes())
        except OSError as fault:
            raise CommandError(f"{file} cannot be opened: {fault.strerror}.") from fault
        if sheet.is_refused:
            raise CommandError(sheet_sentence(sheet.faults[0].reason))
        if sheet.names:
            self.stdout.write(f"Sheet read: {sheet.names[0]}")
        if sheet.names[1:]:
            self.stdout.write(f"Sheets not read: {', '.join(sheet.names[1:])}")
        self.stdout.write(f"Rows accepted: {len(sheet.rows)}, refused: {len(sheet.faults)}")
        for row in sheet.rows if all else sheet.rows[:SHOWN]:
            cells = " | ".join("" if cell is None else str(cell) for cell in row.cells)
            self.stdout.write(f"{row.number}: {cells}")
        for refused in sheet.faults:
            self.stdout.write(f"Row {refused.row}: {sheet_sentence(refused.reason)}")
