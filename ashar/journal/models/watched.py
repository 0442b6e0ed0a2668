"""Tables whose every row is known to the journal by its digest.

Whatever is written through Django is noted and digested at the end of the deed; whatever is
written past Django is found by `ashar journal verify`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.db import models
from django.db.models.lookups import Exact, In

Row = TypeVar("Row", bound=models.Model)
# Set by the actions above: notes that rows of a table are written in the present deed.
Touch = Callable[[type[models.Model], Iterable[Any]], None]
_listeners: list[Touch] = []


def listen(touch: Touch) -> None:
    """Let the function hear of every watched row that is written."""
    _listeners[:] = [touch]


def _touch(model: type[models.Model], keys: Iterable[Any]) -> None:
    for touch in _listeners:
        touch(model._meta.concrete_model or model, keys)  # noqa: SLF001 - Django's documented name


def _only_light(model: type[models.Model], columns: Iterable[str]) -> bool:
    """Say whether all these columns are of those that a deed may change without weight."""
    light = getattr(model, "unwatched", ())
    return all(name in light or f"{name}_id" in light for name in columns)


class WatchedQuerySet(models.QuerySet[Row]):
    """Rows whose writing is noted."""

    def update(self, **values: Any) -> int:
        """Write the columns and note which rows were written."""
        if self._is_light(values):
            return super().update(**values)
        keys = self._keys()
        changed = super().update(**values)
        if changed:
            _touch(self.model, keys)
        return changed

    def hold(self) -> int:
        """Hold the rows until the transaction ends, by writing them without a change.

        Nobody else moves them between this look and the writes that follow, on either database.
        """
        column = self.model._meta.pk.attname  # noqa: SLF001 - Django's documented name
        other = next(f.attname for f in self.model._meta.concrete_fields if f.attname != column)  # noqa: SLF001
        return super().update(**{other: models.F(other)})

    def delete(self) -> tuple[int, dict[str, int]]:
        """Remove the rows and note which they were."""
        keys = self._keys()
        removed = super().delete()
        _touch(self.model, keys)
        return removed

    def bulk_create(self, objs: Iterable[Row], *further: Any, **options: Any) -> list[Row]:
        """Write new rows and note them; raises ValueError when conflicts are to be ignored.

        Columns without weight may be written over rows that are there.
        """
        if options.get("update_conflicts") and self._is_light(options.get("update_fields") or [""]):
            return super().bulk_create(objs, *further, **options)
        if options.get("ignore_conflicts") or options.get("update_conflicts"):
            raise ValueError("watched rows are written one way: find out first which are missing")
        written = super().bulk_create(objs, *further, **options)
        _touch(self.model, [row.pk for row in written])
        return written

    def _is_light(self, columns: Iterable[str]) -> bool:
        return _only_light(self.model, columns)

    def _keys(self) -> list[Any]:
        """Return the keys of the rows meant, without asking the database when they are given."""
        for condition in self.query.where.children:
            if self.query.where.connector != "AND" or self.query.where.negated:
                break
            if isinstance(condition, Exact | In) and getattr(
                getattr(condition.lhs, "target", None), "primary_key", False
            ):
                given = condition.rhs
                if isinstance(condition, Exact) and isinstance(given, int):
                    return [given]
                if isinstance(condition, In) and isinstance(given, list | tuple | set):
                    return list(given)
        return list(self.order_by().values_list("pk", flat=True))


class Watched(models.Model):
    """A table whose rows the journal knows."""

    # What a deed may change without weight (drafts, keys for searching) is named here.
    unwatched: tuple[str, ...] = ()

    objects = WatchedQuerySet.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def save_base(self, *arguments: Any, **options: Any) -> None:
        """Write the row and note it."""
        super().save_base(*arguments, **options)
        columns = options.get("update_fields")
        if columns is None or not _only_light(type(self), columns):
            _touch(type(self), [self.pk])

    def delete(self, *arguments: Any, **options: Any) -> tuple[int, dict[str, int]]:
        """Remove the row and note it."""
        key = self.pk
        removed = super().delete(*arguments, **options)
        _touch(type(self), [key])
        return removed
