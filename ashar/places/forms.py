"""Input about places: choosing a village, naming a place in words, filters of the list."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.interface.lists import AsharFilterSet
from ashar.places.choices import Kind
from ashar.places.models import CODE_LENGTH, Territory
from ashar.places.queries import current, find, inside, is_code, villages_of

_MOST_NAMED = 8


class PlaceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Choice among the villages of a municipality, or of any given places."""

    def __init__(self, *, municipality: Territory | None = None, **options: Any) -> None:
        if municipality is not None:
            options["queryset"] = villages_of(municipality)
        options.setdefault("queryset", Territory.objects.none())
        super().__init__(**options)

    def offer(self, municipality: Territory) -> None:
        """Offer the villages of this municipality; for forms that learn it when opened."""
        self.queryset = villages_of(municipality)

    def label_from_instance(self, obj: Any) -> str:
        """Return the name with the word for its kind."""
        return str(obj.title)


class PlaceSearchField(forms.CharField):
    """A place named in words or by code; a name that several places bear is asked again."""

    default_error_messages = {
        "unknown": gettext_lazy(
            "No place of this name is in the register. Check the spelling or give the code."
        ),
    }

    def __init__(self, *, kinds: tuple[str, ...] = (), **options: Any) -> None:
        self.kinds = kinds
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        """Show a chosen place as its code and label."""
        return f"{value.code} {value.label}" if isinstance(value, Territory) else value

    def clean(self, value: Any) -> Any:
        """Return the place, or None for an empty field that may be empty."""
        text = super().clean(value)
        return self._place(text) if text else None

    def _place(self, text: str) -> Territory:
        asked = text[:CODE_LENGTH] if is_code(text[:CODE_LENGTH]) else text
        found = list(find(asked, kinds=self.kinds, among=current()))
        exact = [unit for unit in found if getattr(unit, "nearness", 0) == 0]
        candidates = exact or found
        if not candidates:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        if len(candidates) > 1:
            raise ValidationError(_several(candidates), code="several")
        return candidates[0]


def _several(candidates: list[Territory]) -> str:
    listed = "; ".join(f"{unit.label}, {unit.code}" for unit in candidates[:_MOST_NAMED])
    more = " …" if len(candidates) > _MOST_NAMED else ""
    return _("Several places bear this name. Give the code of the one you mean: %(places)s") % {
        "places": listed + more
    }


def _oblasts(_request: object) -> QuerySet[Territory]:
    return current().filter(kind__in=(Kind.OBLAST, Kind.CITY_REPUBLICAN)).order_by("sort_key")


class PlaceFilter(AsharFilterSet):
    """Search by name, narrowing by oblast and by kind."""

    q = django_filters.CharFilter(method="by_name", label=gettext_lazy("Name or code"))
    oblast = django_filters.ModelChoiceFilter(
        queryset=_oblasts,
        to_field_name="code",
        method="by_oblast",
        label=gettext_lazy("Oblast or city"),
        empty_label=gettext_lazy("The whole country"),
    )
    kind = django_filters.ChoiceFilter(
        choices=Kind.choices, label=gettext_lazy("Kind"), empty_label=gettext_lazy("Every kind")
    )

    class Meta(AsharFilterSet.Meta):
        """Filters over units."""

        model = Territory
        fields = ("q", "oblast", "kind")

    def by_name(self, rows: QuerySet[Territory], _name: str, text: str) -> QuerySet[Territory]:
        """Keep what is meant by the text, best first."""
        return find(text, among=rows)

    def by_oblast(
        self, rows: QuerySet[Territory], _name: str, oblast: Territory
    ) -> QuerySet[Territory]:
        """Keep what lies in the oblast or the city."""
        return rows.filter(pk__in=inside(oblast).values("pk"))
