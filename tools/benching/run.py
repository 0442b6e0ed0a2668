"""One engine: make the country, measure its pages, write what was found as JSON."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django


def _tell(line: str) -> None:
    print(f"    {line}", flush=True)


class _NoMigrations(Mapping[str, None]):
    """Every app without migrations: its tables are made from its models."""

    def __contains__(self, _app: object) -> bool:
        return True

    def __getitem__(self, _app: str) -> None:
        return None

    def __iter__(self) -> Any:
        return iter(())

    def __len__(self) -> int:
        return 0


def main() -> None:
    """Measure on the database that DATABASE_URL names, which must be empty."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--proposals", type=int, required=True)
    parser.add_argument("--municipalities", type=int, required=True)
    parser.add_argument("--years", type=int, required=True)
    parser.add_argument("--without-migrations", action="store_true")
    parser.add_argument("result", type=Path)
    given = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    given.result.write_text(json.dumps(_measure(given), ensure_ascii=False, indent=1))


def _measure(given: argparse.Namespace) -> dict[str, Any]:
    from django.db import connection  # noqa: PLC0415 - models may be read only after set-up

    from tools.benching.country import make_country, settle  # noqa: PLC0415 - as above
    from tools.benching.pages import pages  # noqa: PLC0415 - as above
    from tools.benching.people import Size  # noqa: PLC0415 - as above
    from tools.benching.probe import cost  # noqa: PLC0415 - as above

    _prepare(without_migrations=given.without_migrations)
    began = time.monotonic()
    country = make_country(Size(given.proposals, given.municipalities, given.years))
    settle()
    _tell(f"the country is made ({time.monotonic() - began:.0f} s)")
    found: dict[str, Any] = {"vendor": connection.vendor, "pages": {}}
    found["served"] = _serve(country, connection.vendor)
    for page in pages(country):
        try:
            spent: dict[str, Any] = asdict(cost(page.ask))
        except Exception as fault:  # noqa: BLE001 - one page that fails must not hide the others
            spent = {"fault": f"{type(fault).__name__}: {fault}"}
        found["pages"][page.key] = {"title": page.title, "goal": asdict(page.goal), **spent}
        _tell(f"{page.title}: {_said(spent)}")
    return found


def _said(spent: Mapping[str, Any]) -> str:
    if "fault" in spent:
        return f"FAILED, {spent['fault']}"
    time_spent = spent["cpu"] + spent["database_cpu"]
    return (
        f"{spent['status']}, {spent['queries']} queries, {spent['objects']} objects, "
        f"{spent['raw'] / 1000:.0f} kB, {time_spent:.0f} ms CPU, {spent['wall']:.0f} ms"
    )


def _prepare(*, without_migrations: bool) -> None:
    from django.conf import settings  # noqa: PLC0415 - settings may be read only after set-up
    from django.core.management import call_command  # noqa: PLC0415 - as above

    if without_migrations:
        settings.MIGRATION_MODULES = _NoMigrations()
    call_command("migrate", verbosity=0, run_syncdb=without_migrations)
    call_command("load_places", verbosity=0)


def _serve(country: Any, vendor: str) -> dict[str, Any]:
    """Measure through the real server, before anything measured changes the data."""
    from tools.benching import served  # noqa: PLC0415 - models may be read only after set-up
    from tools.benching.probe import client_of  # noqa: PLC0415 - as above

    session = client_of(country.account("clerk")).cookies["sessionid"].value
    writer = client_of(country.account("writer-0")).cookies["sessionid"].value
    listed = f"/ky/calls/{country.great.call.case.ref}/proposals/"
    opened = f"/ky/calls/{country.open.call.case.ref}/"
    form = f"/ky/calls/proposals/{country.open.proposals[0].case.ref}/edit/"
    with served.server(served.processes_for(vendor)) as (port, process):
        found = {
            "list": asdict(served.flow(port, process, listed, session)),
            "call": asdict(served.flow(port, process, opened, "")),
            "call_visit": asdict(served.visit(port, opened)),
            "form_visit": asdict(served.visit(port, form, writer)),
        }
    for key, value in found.items():
        _tell(f"served {key}: {value}")
    return found


if __name__ == "__main__":
    main()
