"""Sealed fields: unreadable in the database, bound to their row, not to be searched or sorted."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.exceptions import FieldError
from django.db import models
from django.db.models.expressions import Col
from django.db.models.query_utils import DeferredAttribute

from ashar.vault.core import cipher
from ashar.vault.models.keyring import blind_key


class NotSearchable(FieldError):
    """A sealed field cannot be searched or ordered."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is sealed: search and order within the reader's scope instead")


class NotSealed(TypeError):
    """Somebody tried to write a value in clear past `save()`: with `update`, for example."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is sealed: write it by saving its row, never by update()")


class Sealed:
    """The bytes of the database, not opened yet."""

    __slots__ = ("content",)

    def __init__(self, content: bytes) -> None:
        self.content = content

    def __repr__(self) -> str:
        return "<sealed>"


class Opened:
    """A value in memory that nothing prints."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __repr__(self) -> str:
        return "<opened>"


class _SealedCol(Col):
    """A column that may be read, never used to order."""

    def resolve_expression(self, *_arguments: Any, **_options: Any) -> Any:
        raise NotSearchable(self.target.name)


class _Opening(DeferredAttribute):
    """Opens the value when it is asked for, not before."""

    field: Any

    def __get__(self, instance: Any, cls: Any = None) -> Any:
        if instance is None:
            return self
        held = super().__get__(instance, cls)
        if isinstance(held, Sealed):
            held = Opened(self.field.opened(instance, held.content))
            instance.__dict__[self.field.attname] = held
        return held.value if isinstance(held, Opened) else self.field.nothing()

    def __set__(self, instance: Any, value: Any) -> None:
        kept = value if isinstance(value, Sealed | Opened) else Opened(value)
        instance.__dict__[self.field.attname] = None if value is None else kept


class EncryptedField(models.BinaryField):  # type: ignore[type-arg]
    """The base: a value is sealed when its row is written and opened when it is read."""

    descriptor_class = _Opening
    nothing: Callable[[], Any] = staticmethod(lambda: None)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        options.update(null=True, blank=True, default=None, editable=False)
        super().__init__(*arguments, **options)

    def deconstruct(self) -> Any:
        """Leave out what is the same for every sealed field."""
        name, path, arguments, options = super().deconstruct()
        for word in ("null", "blank", "default", "editable"):
            options.pop(word, None)
        return name, path, arguments, options

    def to_bytes(self, value: Any) -> bytes:
        """Return the value as bytes."""
        return str(value).encode()

    def from_bytes(self, content: bytes) -> Any:
        """Return the value of the bytes."""
        return content.decode()

    def place(self, instance: Any) -> str:
        """Return the field and the row to which a value is bound."""
        return f"{instance._meta.label_lower}.{self.name}:{instance.ref}"  # noqa: SLF001 - Django's documented name

    def opened(self, instance: Any, content: bytes) -> Any:
        """Return the value in clear; raises Unreadable when it was changed or moved."""
        number, generation = cipher.sealed_with(content)
        place = self.place(instance)
        if number != instance.key_id:
            raise cipher.Unreadable(f"{place} was sealed with the key of another person.")
        key = instance.key
        if key.generation != generation and instance.pk:
            # The key was renewed after the row was read: read both once more, together.
            fresh = type(instance).objects.get(pk=instance.pk)
            key, content = fresh.key, fresh.__dict__[self.attname].content
        return self.from_bytes(cipher.unseal(key.opened(), place, content))

    def pre_save(self, model_instance: Any, add: bool) -> Any:  # noqa: ARG002, FBT001 - Django's
        """Return what goes into the database: sealed, or nothing."""
        held = model_instance.__dict__.get(self.attname)
        value = held.value if isinstance(held, Opened) else held
        if value is None or value in ("", {}, []):
            return None
        secret = model_instance.sealing_secret()
        if isinstance(held, Sealed):
            if cipher.sealed_with(held.content) == (secret.number, secret.generation):
                return held
            value = self.opened(model_instance, held.content)
        return Sealed(cipher.seal(secret, self.place(model_instance), self.to_bytes(value)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:  # noqa: FBT001, FBT002 - Django's signature
        """Let sealed bytes pass and nothing else: `update(surname=…)` would write in clear."""
        if value is not None and not isinstance(value, Sealed):
            raise NotSealed(self.name)
        content = None if value is None else value.content
        return super().get_db_prep_value(content, connection, prepared)

    def from_db_value(self, value: Any, *_context: Any) -> Sealed | None:
        """Keep what the database gave, sealed."""
        return None if value is None else Sealed(bytes(value))

    def value_to_string(self, obj: Any) -> str:  # noqa: ARG002 - Django's signature
        """A sealed value is not serialised in clear."""
        return ""

    def get_lookup(self, lookup_name: str) -> Any:
        """Only whether there is anything may be asked."""
        if lookup_name != "isnull":
            raise NotSearchable(self.name)
        return super().get_lookup(lookup_name)

    def get_transform(self, lookup_name: str) -> Any:  # noqa: ARG002 - Django's signature
        """Nothing can be computed from a sealed value."""
        raise NotSearchable(self.name)

    def get_col(self, alias: Any, output_field: Any = None) -> Any:
        """Return a column that cannot order."""
        return _SealedCol(alias, self, output_field or self)


class EncryptedTextField(EncryptedField):
    """Sealed text."""

    nothing = staticmethod(lambda: "")


class EncryptedDateField(EncryptedField):
    """A sealed day."""

    def to_bytes(self, value: Any) -> bytes:
        """Return the day as it is written everywhere."""
        return value.isoformat().encode()  # type: ignore[no-any-return]

    def from_bytes(self, content: bytes) -> date:
        """Return the day."""
        return date.fromisoformat(content.decode())


class EncryptedJSONField(EncryptedField):
    """Sealed particulars: what JSON holds."""

    def to_bytes(self, value: Any) -> bytes:
        """Return the particulars as text."""
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()

    def from_bytes(self, content: bytes) -> Any:
        """Return the particulars."""
        return json.loads(content)


class Digest(str):
    """A digest that was already made; its value cannot be made from it."""

    __slots__ = ()


class BlindIndexField(models.CharField):  # type: ignore[type-arg]
    """What stands for a sealed field in an exact search: a digest under a key of its own.

    `Card.objects.filter(pin_index="2010…")` finds by the number typed; nothing else can be
    asked, and the number cannot be read from the column.
    """

    _ASKED = frozenset({"exact", "in", "isnull"})

    def __init__(self, *arguments: Any, source: str, **options: Any) -> None:
        self.source = source
        options.update(max_length=64, blank=True, db_index=True, editable=False, default="")
        super().__init__(*arguments, **options)

    def deconstruct(self) -> Any:
        """Leave out what is the same for every index."""
        name, path, arguments, options = super().deconstruct()
        for word in ("max_length", "blank", "db_index", "editable", "default"):
            options.pop(word, None)
        return name, path, arguments, {**options, "source": self.source}

    def digest(self, value: str) -> Digest:
        """Return the digest of a value; nothing for nothing."""
        if not value:
            return Digest("")
        place = f"{self.model._meta.label_lower}.{self.source}"  # noqa: SLF001 - Django's documented name
        return Digest(cipher.blind_digest(blind_key(), place, value))

    def pre_save(self, model_instance: Any, add: bool) -> Digest:  # noqa: ARG002, FBT001 - Django's
        """Return the digest of the sealed field; an unopened one keeps the digest it has."""
        held = model_instance.__dict__.get(self.source)
        if isinstance(held, Sealed):
            return Digest(model_instance.__dict__[self.attname])
        return self.digest(held.value if isinstance(held, Opened) else "")

    def from_db_value(self, value: Any, *_context: Any) -> Digest | None:
        """Keep what the database gave as a digest."""
        return None if value is None else Digest(value)

    def get_prep_value(self, value: Any) -> Any:
        """Turn what is searched for into its digest."""
        if value is None or isinstance(value, Digest):
            return value
        return self.digest(str(value))

    def get_lookup(self, lookup_name: str) -> Any:
        """Only exact search is possible."""
        if lookup_name not in self._ASKED:
            raise NotSearchable(self.name)
        return super().get_lookup(lookup_name)
