"""The base of every table that may only grow."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models


class AppendOnlyError(RuntimeError):
    """Somebody tried to change or remove what may only be added to."""

    def __init__(self, model: type[models.Model]) -> None:
        super().__init__(f"{model.__name__} is append-only: write a new row instead")


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows that may be read and added, never changed or removed."""

    def update(self, **_values: object) -> NoReturn:
        """Refuse: a written row stays as it was written."""
        raise AppendOnlyError(self.model)

    def bulk_update(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refuse: a written row stays as it was written."""
        raise AppendOnlyError(self.model)

    def update_or_create(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refuse: a written row stays as it was written."""
        raise AppendOnlyError(self.model)

    def delete(self) -> NoReturn:
        """Refuse: a written row stays."""
        raise AppendOnlyError(self.model)


class AppendOnlyModel(models.Model):
    """A table that only grows; the database refuses the rest by its own triggers."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        """No table of its own."""

        abstract = True

    def _do_update(self, *_arguments: object, **_options: object) -> NoReturn:
        # Django comes here from `save()` when a row is not new; a new row never passes here.
        raise AppendOnlyError(type(self))

    def delete(self, *_arguments: object, **_options: object) -> NoReturn:
        """Refuse: a written row stays."""
        raise AppendOnlyError(type(self))
