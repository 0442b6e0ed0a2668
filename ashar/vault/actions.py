"""Making, holding, renewing and destroying data keys.

The journal stands above this room: whoever calls writes the line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
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
    renewed = 0
    while number := _renew_batch(most):
        renewed += number
        tell(renewed)
    return renewed


@transaction.atomic
def _renew_batch(most: int) -> int:
    waiting = DataKey.objects.filter(destroyed_at__isnull=True).exclude(
        wrapped_by=key_ring().current
    )
    numbers = list(waiting.order_by("pk").values_list("pk", flat=True)[:most])
    # This locks the keys on PostgreSQL; only now it is certain what they seal.
    waiting.filter(pk__in=numbers).update(held_at=timezone.now())
    keys = waiting.in_bulk(numbers)
    old = {number: key.opened() for number, key in keys.items()}
    for key in keys.values():
        key.put(key.generation + 1)
        key.__dict__["_is_held"] = True
    for model in protected_models():
        _reseal(model, old, keys)
    DataKey.objects.bulk_update(keys.values(), _RENEWED)
    return len(numbers)


def _reseal(
    model: type[Protected], old: Mapping[int, DataSecret], keys: Mapping[int, DataKey]
) -> None:
    fields = sealed_fields(model)
    rows = list(model.objects.filter(key__in=list(old)))
    for row in rows:
        for field in fields:
            _reseal_field(row, field, old[row.key_id], keys[row.key_id].opened())
        row.key = keys[row.key_id]
    if rows and fields:
        # Written as an upsert: on both databases many times quicker than CASE … WHEN.
        model.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=[field.name for field in fields],
        )


def _reseal_field(row: Any, field: EncryptedField, old: DataSecret, new: DataSecret) -> None:
    held = row.__dict__.get(field.attname)
    if isinstance(held, Sealed):
        place = field.place(row)
        row.__dict__[field.attname] = Sealed(seal(new, place, unseal(old, place, held.content)))
