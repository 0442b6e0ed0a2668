"""A data key: wrapped by a key outside the database, one for each protected person."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from ashar.kernel.ids import new_ref
from ashar.vault.core import cipher, keyfiles
from ashar.vault.models.keyring import key_ring


class Forgotten(cipher.Unreadable):
    """The key of this person was destroyed: nobody can read what it sealed."""


class DataKey(models.Model):
    """The key of one person's data; destroying it forgets her, wherever copies lie."""

    ref = models.CharField(_("reference"), max_length=16, unique=True, default=new_ref)
    # Grows when the secret is renewed: what was sealed before shows that it is older.
    generation = models.PositiveIntegerField(_("generation"), default=1)
    wrapped = models.BinaryField(_("wrapped key"), blank=True, editable=False)
    wrapped_by = models.CharField(_("wrapped by"), max_length=12, db_index=True, blank=True)
    made_at = models.DateTimeField(_("made"), auto_now_add=True)
    held_at = models.DateTimeField(_("last held for writing"), null=True, blank=True)
    destroyed_at = models.DateTimeField(_("destroyed"), null=True, blank=True)

    class Meta:
        """A key is there, or it was destroyed on a day."""

        verbose_name = _("data key")
        verbose_name_plural = _("data keys")
        ordering = ("pk",)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(destroyed_at__isnull=True) | models.Q(wrapped_by=""),
                name="destroyed_key_is_gone",
            ),
        )

    def __str__(self) -> str:
        return self.ref

    @property
    def is_destroyed(self) -> bool:
        """Whether nobody can read with this key any more."""
        return self.destroyed_at is not None

    def opened(self) -> cipher.DataSecret:
        """Return the secret; raises Forgotten when the key was destroyed."""
        kept: cipher.DataSecret | None = self.__dict__.get("_opened")
        if kept is not None and kept.generation == self.generation and not self.is_destroyed:
            return kept
        if self.is_destroyed:
            raise Forgotten(f"The key {self.ref} was destroyed.")
        outer = key_ring(unknown=self.wrapped_by).keys.get(self.wrapped_by)
        if outer is None:
            raise cipher.Unreadable(
                f"The key {self.wrapped_by} that opens {self.ref} is not on the ring."
            )
        secret = cipher.unwrap(outer, self.name_of(self.generation), bytes(self.wrapped))
        opened = cipher.DataSecret(self.pk, self.generation, secret)
        self.__dict__["_opened"] = opened
        return opened

    def name_of(self, generation: int) -> str:
        """Return what a wrapped secret is bound to: this row and this generation."""
        return f"vault.datakey:{self.ref}:{generation}"

    def put(self, generation: int) -> None:
        """Take a new secret, wrapped by the current key of the ring; saving is the caller's."""
        ring = key_ring()
        secret = keyfiles.new_secret()
        self.generation = generation
        self.wrapped_by = ring.current
        self.wrapped = cipher.wrap(ring.keys[ring.current], self.name_of(generation), secret)
        self.__dict__.pop("_opened", None)
        if self.pk:
            self.__dict__["_opened"] = cipher.DataSecret(self.pk, generation, secret)
