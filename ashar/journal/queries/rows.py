"""Digests of watched rows as the database holds them now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models

from ashar.journal.core.rows import row_digest, row_name
from ashar.journal.models.watched import Watched

CHUNK = 2000
# Below the number of variables that SQLite takes in one statement.
KEYS = 500


def watched_models() -> list[type[models.Model]]:
    """Return every table whose rows the journal knows, in the order of names."""
    found = [model for model in apps.get_models() if issubclass(model, Watched)]
    return sorted(found, key=lambda model: model._meta.label_lower)  # noqa: SLF001


def columns_of(model: type[models.Model]) -> list[str]:
    """Return the columns of a table that count, the key apart."""
    left_out = getattr(model, "unwatched", ())
    meta = model._meta  # noqa: SLF001 - Django's documented name
    return [
        one.attname
        for one in meta.concrete_fields
        if not one.primary_key and one.attname not in left_out
    ]


def digests(model: type[models.Model], keys: list[Any] | None = None) -> dict[str, str | None]:
    """Return name and digest of these rows, of all rows when no keys are given."""
    if keys is None:
        return dict(_digests(model, model._base_manager.all()))  # noqa: SLF001
    found: dict[str, str | None] = {}
    for start in range(0, len(keys), KEYS):
        some = model._base_manager.filter(pk__in=keys[start : start + KEYS])  # noqa: SLF001
        found |= dict(_digests(model, some))
    return found


def _digests(
    model: type[models.Model], rows: models.QuerySet[Any]
) -> Iterator[tuple[str, str | None]]:
    columns = columns_of(model)
    label = model._meta.label_lower  # noqa: SLF001 - Django's documented name
    for key, *values in rows.order_by().values_list("pk", *columns).iterator(chunk_size=CHUNK):
        name = row_name(label, key)
        yield name, row_digest(name, columns, values)
