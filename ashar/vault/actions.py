"""Making, holding, renewing and destroying data keys.

The journal stands above this room: whoever calls writes the line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from ashar.vault.core import ring
from ashar.vault.core.cipher import DataSecret, seal, unseal
from ashar.vault.models import DataKey, Forgotten, Protected, protected_models
from ashar.vault.models.fields import EncryptedField, Sealed
from ashar.vault.models.keyring import folder, forget_ring, key_ring
from ashar.vault.models.protected import sealed_fields

BATCH = 500
_RENEWED = ("generation", "wrapped", "wrapped_by")


class KeyInUse(RuntimeError):
    """A key-encrypting key still opens data keys: renew them first."""


@transaction.atomic
def new_data_key() -> DataKey:
    """Make the key of one person, held for writing in this transaction."""
    key = DataKey()
    key.put(1)
    key.save()
    key.__dict__["_is_held"] = True
    return key


def hold_key(row: Protected) -> None:
    """Hold the key of a row until the end of the transaction, so that nobody renews it meanwhile.

    Raises Forgotten when it was destroyed.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("A key is held within a transaction.")
    held = DataKey.objects.filter(pk=row.key_id, destroyed_at__isnull=True)
    if not held.update(held_at=timezone.now()):
        raise Forgotten(f"The key of {row!r} was destroyed.")
    row.key.refresh_from_db()
    row.key.__dict__["_is_held"] = True


@transaction.atomic
def destroy_key(key: DataKey) -> None:
    """Destroy the key of one person: whatever it sealed is unreadable from now on.

    Copies of the database made before hold the wrapped key still; they too become unreadable
    once the key-encrypting key of that time has been destroyed.
    """
    DataKey.objects.filter(pk=key.pk, destroyed_at__isnull=True).update(
        wrapped=b"", wrapped_by="", destroyed_at=timezone.now()
    )
    key.refresh_from_db()
    key.__dict__.pop("_opened", None)


def new_ring_key() -> str:
    """Make a new key-encrypting key in the folder of keys and return its name."""
    name = ring.add(folder())
    forget_ring()
    return name


def destroy_ring_key(name: str) -> None:
    """Destroy a key-encrypting key that opens nothing any more; raises KeyInUse otherwise."""
    if name == key_ring().current or DataKey.objects.filter(wrapped_by=name).exists():
        raise KeyInUse(f"The key {name} still opens data: run “ashar vault rotate” first.")
    ring.destroy(folder(), name)
    forget_ring()


def renew_keys(*, tell: Callable[[int], None] = lambda _number: None, most: int = BATCH) -> int:
    """Give every person a new data key under the current key of the ring, while people work.

    Each batch is one transaction: a run that was killed is simply started again.
    """
    forget_ring()
    renewed = last = 0
    while numbers := _renew_batch(last, most):
        renewed, last = renewed + len(numbers), numbers[-1]
        tell(renewed)
    return renewed


@transaction.atomic
def _renew_batch(after: int, most: int) -> list[int]:
    waiting = DataKey.objects.filter(destroyed_at__isnull=True).exclude(
        wrapped_by=key_ring().current
    )
    next_ones = waiting.filter(pk__gt=after).order_by("pk")
    numbers = list(next_ones.values_list("pk", flat=True)[:most])
    # This locks the keys on PostgreSQL; only now it is certain what they seal.
    batch = waiting.filter(pk__gt=after, pk__lte=max(numbers, default=after))
    batch.update(held_at=timezone.now())
    keys = {key.pk: key for key in batch}
    old = {number: key.opened() for number, key in keys.items()}
    for key in keys.values():
        key.put(key.generation + 1)
        key.__dict__["_is_held"] = True
    for model in protected_models() if keys else ():
        _reseal(model, old, keys)
    _write_over(DataKey, list(keys.values()), _RENEWED)
    return numbers


def _reseal(
    model: type[Protected], old: Mapping[int, DataSecret], keys: Mapping[int, DataKey]
) -> None:
    fields = sealed_fields(model)
    # The keys are held already: reading them once more with each row would double the work.
    # Asked by the ends of the batch: a list of five hundred numbers costs more than it saves.
    near = model.objects.select_related(None).filter(key__gte=min(old), key__lte=max(old))
    rows = [row for row in near if row.key_id in old]
    new = {number: key.opened() for number, key in keys.items()}
    for row in rows:
        for field in fields:
            _reseal_field(row, field, old[row.key_id], new[row.key_id])
        row.key = keys[row.key_id]
    _write_over(model, rows, [field.name for field in fields])


def _write_over(model: type[models.Model], rows: Sequence[Any], names: Sequence[str]) -> None:
    """Write these columns of rows that are there: an upsert is many times quicker than CASE."""
    if rows and names:
        model._default_manager.bulk_create(  # noqa: SLF001 - Django's documented name
            rows, update_conflicts=True, unique_fields=["id"], update_fields=list(names)
        )


def _reseal_field(row: Any, field: EncryptedField, old: DataSecret, new: DataSecret) -> None:
    held = row.__dict__.get(field.attname)
    if isinstance(held, Sealed):
        place = field.place(row)
        row.__dict__[field.attname] = Sealed(seal(new, place, unseal(old, place, held.content)))
