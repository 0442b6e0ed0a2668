"""A row with sealed fields: its own random reference, and the key of the person it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models.expressions import F, OrderBy
from django.utils.translation import gettext_lazy as _

from ashar.kernel.ids import new_ref
from ashar.vault.core import cipher
from ashar.vault.models.datakeys import DataKey
from ashar.vault.models.fields import EncryptedField, NotSearchable


class ProtectedQuerySet(models.QuerySet[Any]):
    """Rows always come with their keys, in one question, so that both are of one moment."""

    def order_by(self, *field_names: Any) -> Self:
        """Order by what is in clear; a sealed field has no order."""
        for name in field_names:
            field = _plain_name(name)
            if field in {one.name for one in sealed_fields(self.model)}:
                raise NotSearchable(field)
        return super().order_by(*field_names)


def _plain_name(name: Any) -> str:
    if isinstance(name, OrderBy):
        name = name.expression
    return str(vars(name)["name"]) if isinstance(name, F) else str(name).lstrip("-")


class ProtectedManager(models.Manager.from_queryset(ProtectedQuerySet)):  # type: ignore[misc]
    """Adds the key to every reading."""

    def get_queryset(self) -> Any:
        """Return the rows with their keys."""
        return super().get_queryset().select_related("key")


class Protected(models.Model):
    """The base of every row about a protected person."""

    ref = models.CharField(
        _("reference"), max_length=16, unique=True, default=new_ref, editable=False
    )
    key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+", editable=False)

    objects = ProtectedManager()

    class Meta:
        """No table of its own."""

        abstract = True
        base_manager_name = "objects"

    def __str__(self) -> str:
        # Never a name: this is what logs and reports of errors print.
        return self.ref

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.ref}>"

    def sealing_secret(self) -> cipher.DataSecret:
        """Return the secret for writing; only a key held in this transaction may seal."""
        if not self.key.__dict__.get("_is_held"):
            raise KeyNotHeld(f"Hold the key of {self!r} before writing: vault.actions.hold_key.")
        return self.key.opened()


class KeyNotHeld(RuntimeError):
    """Somebody writes a protected row while its key may be renewed at the same moment."""


def sealed_fields(model: type[models.Model]) -> list[EncryptedField]:
    """Return the sealed fields of a model."""
    fields = model._meta.fields  # noqa: SLF001 - Django's documented name
    return [field for field in fields if isinstance(field, EncryptedField)]


def protected_models() -> Iterator[type[Protected]]:
    """Give every model whose rows are sealed with a person's key."""
    for model in apps.get_models():
        if issubclass(model, Protected):
            yield model
