"""Prints the second lock of PostgreSQL: ashar people row-security."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from ashar.people.models import Card, Consent, Correction, Particular, Reading

HEAD = """-- The second lock of protected cards, for PostgreSQL. Ashar does not depend on it.
-- Run as the owner of the tables:  ashar people row-security | psql "$DATABASE_URL"
-- Ashar must sign in as another role, which is neither owner nor superuser: both pass every lock.
-- Each transaction that reads cards says for whom:  SET LOCAL ashar.places = '12,15';
-- SET without LOCAL would stay on a pooled connection for the next reader. Nothing said: no row.
BEGIN;
"""
ALLOWED = (
    "municipality_id = ANY (string_to_array(NULLIF(current_setting('ashar.places', true), ''), ',')"
    "::bigint[])"
)


class Command(BaseCommand):
    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parts = parser.add_subparsers(dest="part", required=True)
        parts.add_parser("row-security", help="print the SQL")

    def handle(self, *_arguments: Any, **_options: Any) -> None:
        card = Card._meta.db_table  # noqa: SLF001 - Django's documented name
        sentences = [HEAD, *_lock(card, ALLOWED)]
        for model in (Correction, Particular, Consent, Reading):
            table = model._meta.db_table  # noqa: SLF001 - Django's documented name
            inner = f"EXISTS (SELECT 1 FROM {card} c WHERE c.id = card_id AND c.{ALLOWED})"  # noqa: S608 - names of our own tables
            sentences += _lock(table, inner)
        self.stdout.write("\n".join([*sentences, "COMMIT;"]))


def _lock(table: str, allowed: str) -> list[str]:
    return [
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;",
        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY;",
        f"DROP POLICY IF EXISTS own_municipality ON {table};",
        f"CREATE POLICY own_municipality ON {table}\n  USING ({allowed})\n  WITH CHECK ({allowed});",
    ]
