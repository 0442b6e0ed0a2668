"""What may be known about the keys without opening anything."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from ashar.vault.models import DataKey
from ashar.vault.models.keyring import key_ring


@dataclass(frozen=True)
class RingKey:
    """A key-encrypting key: its name, how many people it still opens, whether it is the newest."""

    name: str
    opens: int
    is_current: bool
    is_there: bool


def ring_keys() -> list[RingKey]:
    """Return every key of the ring, and those that are missing though data needs them."""
    ring = key_ring()
    rows = DataKey.objects.exclude(wrapped_by="").order_by("wrapped_by").values_list("wrapped_by")
    opens = dict(rows.annotate(number=Count("pk")))
    names = dict.fromkeys([*ring.keys, *opens])
    return [
        RingKey(name, opens.get(name, 0), name == ring.current, name in ring.keys) for name in names
    ]


def waiting_to_be_renewed() -> int:
    """Return how many people's keys are not yet under the current key."""
    living = DataKey.objects.filter(destroyed_at__isnull=True)
    return living.exclude(wrapped_by=key_ring().current).count()


def forgotten() -> int:
    """Return how many people were forgotten."""
    return DataKey.objects.filter(destroyed_at__isnull=False).count()
