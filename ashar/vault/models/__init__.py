"""Data keys, and the fields of people's data that they seal."""

from __future__ import annotations

from ashar.vault.models.datakeys import DataKey, Forgotten
from ashar.vault.models.fields import (
    BlindIndexField,
    EncryptedDateField,
    EncryptedJSONField,
    EncryptedTextField,
    NotSearchable,
)
from ashar.vault.models.protected import (
    Protected,
    ProtectedManager,
    ProtectedQuerySet,
    protected_models,
)

__all__ = [
    "BlindIndexField",
    "DataKey",
    "EncryptedDateField",
    "EncryptedJSONField",
    "EncryptedTextField",
    "Forgotten",
    "NotSearchable",
    "Protected",
    "ProtectedManager",
    "ProtectedQuerySet",
    "protected_models",
]
