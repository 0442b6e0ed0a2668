"""The journal on the command line: check it, publish a checkpoint, export it."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ashar.journal.actions import accept_clock, publish_checkpoint
from ashar.journal.actions.cosigning import ask_witness
from ashar.journal.actions.rereading import read_new_tables, reread
from ashar.journal.core.append_only import rights_sql
from ashar.journal.core.chain import Line, written
from ashar.journal.queries.checking import lines, verify
from ashar.journal.queries.keys import printed_cosigner_key, printed_key
from ashar.journal.queries.proofs import proof_of
from ashar.journal.queries.rows import watched_models


class Command(BaseCommand):
    help = "Checks, publishes and exports the journal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        check = parts.add_parser("verify", help="find every entry or row that was tampered with")
        check.add_argument("--against", action="append", default=[], type=Path, metavar="FILE")
        check.add_argument("--without-rows", action="store_true", help="the chain alone")
        point = parts.add_parser("checkpoint", help="sign and publish the state of the journal")
        point.add_argument("--occasion", default="by hand")
        export = parts.add_parser("export", help="all entries as lines of JSON")
        export.add_argument("file", nargs="?", type=Path)
        proof = parts.add_parser("proof", help="that an entry is under the newest checkpoint")
        proof.add_argument("number", type=int)
        rights = parts.add_parser("rights", help="SQL that leaves a web role only adding here")
        rights.add_argument("role")
        parts.add_parser("key", help="the public keys of this journal, to be printed")
        clock = parts.add_parser("accept-clock", help="go on after the clock was wrong")
        clock.add_argument("--reason", required=True)
        parts.add_parser("read-new", help="read the tables that an upgrade made watched")
        again = parts.add_parser("reread", help="take rows as they are, after an upgrade")
        again.add_argument("table", help="as in faults: calls.call")
        again.add_argument("--reason", required=True)
        witness = parts.add_parser("cosign", help="ask another server to cosign")
        witness.add_argument("address", help="https://other.example/ky/journal/witness/")

    def handle(self, *, part: str, **options: Any) -> None:
        getattr(self, f"_{part.replace('-', '_')}")(**options)

    def _verify(self, *, against: list[Path], without_rows: bool, **_options: Any) -> None:
        held = [path.read_text(encoding="utf-8") for path in against]
        report = verify(held=held, with_rows=not without_rows)
        for sentence in report.notes:
            self.stdout.write(sentence)
        for fault in report.faults:
            self.stdout.write(self.style.ERROR(fault))
        counted = f"{report.entries} entries, {report.rows} rows, {report.checkpoints} checkpoints"
        if not report.is_whole:
            raise CommandError(f"{len(report.faults)} faults in {counted}")
        self.stdout.write(self.style.SUCCESS(f"Whole: {counted}"))

    def _checkpoint(self, *, occasion: str, **_options: Any) -> None:
        checkpoint = publish_checkpoint(occasion)
        self.stdout.write(checkpoint.note if checkpoint else "Nothing new since the last one.")

    def _export(self, *, file: Path | None, **_options: Any) -> None:
        out = file.open("w", encoding="utf-8") if file else sys.stdout
        for line in lines():
            out.write(json.dumps(_plain(line), ensure_ascii=False) + "\n")
        if file:
            out.close()
            self.stdout.write(f"Written: {file}")

    def _proof(self, *, number: int, **_options: Any) -> None:
        found = proof_of(number)
        if found is None:
            raise CommandError("No checkpoint covers this entry yet: ashar journal checkpoint")
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=1))

    def _key(self, **_options: Any) -> None:
        self.stdout.write(f"{printed_key()}\n{printed_cosigner_key()}")

    def _accept_clock(self, *, reason: str, **_options: Any) -> None:
        accept_clock(reason=reason)
        self.stdout.write("Written. Decisions are recorded again.")

    def _rights(self, *, role: str, **_options: Any) -> None:
        self.stdout.write(rights_sql(role))

    def _read_new(self, **_options: Any) -> None:
        for name in read_new_tables():
            self.stdout.write(f"The journal knows the rows of {name} from now on.")

    def _reread(self, *, table: str, reason: str, **_options: Any) -> None:
        found = {one._meta.label_lower: one for one in watched_models()}  # noqa: SLF001
        if table not in found:
            raise CommandError(f"The journal watches no table {table}: {', '.join(found)}")
        number = reread(found[table], reason=reason)
        self.stdout.write(f"{number} rows are taken as they are; the journal says so.")

    def _cosign(self, *, address: str, **_options: Any) -> None:
        self.stdout.write(ask_witness(address))


def _plain(line: Line) -> dict[str, Any]:
    return {**line._asdict(), "at": written(line.at)}
