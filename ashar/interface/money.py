"""The column in which an amount of money is kept."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.expressions import Combinable

from ashar.interface.fields import SomFormField
from ashar.kernel.money import Som


class SomField(models.BigIntegerField):  # type: ignore[type-arg]
    """An amount: whole tyiyn in the database, `Som` everywhere else."""

    description = "Amount in som"
    # For django-stubs: what may be assigned and what is read.
    _pyi_private_set_type: Som | Combinable  # type: ignore[assignment]
    _pyi_private_get_type: Som  # type: ignore[assignment]

    def from_db_value(self, value: int | None, *_: object) -> Som | None:
        """Make a `Som` of the tyiyn that were read."""
        return None if value is None else Som(value)

    def to_python(self, value: Any) -> Any:
        """Accept a `Som`, or whole tyiyn as fixtures write them."""
        return value if value is None or isinstance(value, Som) else Som(int(value))

    def get_prep_value(self, value: Any) -> Any:
        """Write the tyiyn."""
        return value.tyiyn if isinstance(value, Som) else super().get_prep_value(value)

    def run_validators(self, value: Any) -> None:
        """The bounds of the column are bounds of tyiyn."""
        super().run_validators(value.tyiyn if isinstance(value, Som) else value)

    def value_to_string(self, obj: models.Model) -> str:
        """Write the tyiyn, for a dump."""
        value = self.value_from_object(obj)
        return "" if value is None else str(self.get_prep_value(value))

    def formfield(self, **options: Any) -> Any:
        """Ask for the amount as people write it."""
        chosen = {"required": not self.blank, "label": self.verbose_name, **options}
        chosen.setdefault("help_text", self.help_text)
        for unused in ("min_value", "max_value", "form_class", "choices_form_class"):
            chosen.pop(unused, None)
        return SomFormField(**chosen)
