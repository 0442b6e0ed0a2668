"""A small grid of numbers: people by sex and age, of them with disability, equal to the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ashar.events.choices import Sex
from ashar.events.core import SEXES, HeadCount, crossed
from ashar.events.queries import bands_of_those_asked
from ashar.interface.forms import AsharForm, WholeNumberField

MOST_PEOPLE = 10_000
ALL, DISABLED = "all", "disabled"


@dataclass(frozen=True)
class GridRow:
    """One age band of the grid."""

    title: str
    cells: tuple[BoundField, ...]


class CountsForm(AsharForm):
    """The whole number of people, then the same people by sex and age."""

    total = WholeNumberField(label=gettext_lazy("People in all"), minimum=1, maximum=MOST_PEOPLE)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.bands = bands_of_those_asked()
        sexes = dict(Sex.choices)
        for part in (ALL, DISABLED):
            for band, title in self.bands.items():
                for sex in SEXES:
                    self.fields[f"{part}_{sex}_{band}"] = WholeNumberField(
                        label=f"{title}, {sexes[sex]}", maximum=MOST_PEOPLE, required=False
                    )

    def _grid(self, part: str) -> list[GridRow]:
        return [
            GridRow(title, tuple(self[f"{part}_{sex}_{band}"] for sex in SEXES))
            for band, title in self.bands.items()
        ]

    @property
    def grid(self) -> list[GridRow]:
        """All people by age band, women then men."""
        return self._grid(ALL)

    @property
    def disability_grid(self) -> list[GridRow]:
        """People with disability by age band, women then men."""
        return self._grid(DISABLED)

    @property
    def has_disability(self) -> bool:
        """Whether that part of the grid holds anything, and so is shown open."""
        return any(
            cell.value() or cell.errors for row in self.disability_grid for cell in row.cells
        )

    def is_grid(self, name: str) -> bool:
        """Say whether a field belongs to a grid."""
        return name.startswith((f"{ALL}_", f"{DISABLED}_"))

    @property
    def other_fields(self) -> list[BoundField]:
        """The fields outside the grids, in their order."""
        return [f for f in self if not self.is_grid(f.name) and not f.is_hidden]

    def _part(self, part: str) -> dict[tuple[str, str], int]:
        return {
            (sex, band): self.cleaned_data.get(f"{part}_{sex}_{band}") or 0
            for band in self.bands
            for sex in SEXES
        }

    def clean(self) -> dict[str, Any]:
        """Refuse parts that do not make up the whole."""
        given = super().clean() or self.cleaned_data
        everybody, disabled = self._part(ALL), self._part(DISABLED)
        for (sex, band), number in disabled.items():
            name = f"{DISABLED}_{sex}_{band}"
            if number > everybody[sex, band] and not self.has_error(name):
                sentence = _(
                    "%(group)s: %(part)s people with disability, but only %(whole)s people in "
                    "all. Correct one of the two."
                )
                numbers = {"part": number, "whole": everybody[sex, band]}
                self.add_error(name, sentence % {"group": self.fields[name].label, **numbers})
        counted, total = sum(everybody.values()), given.get("total")
        if total is not None and counted != total and not self._has_grid_error():
            sentence = _(
                "By sex and age there are %(counted)s people, but in all you wrote %(total)s. "
                "Both must be the same."
            )
            self.add_error("total", sentence % {"counted": counted, "total": total})
        return given

    def _has_grid_error(self) -> bool:
        return any(self.is_grid(name) for name in self.errors)

    def counts(self) -> tuple[HeadCount, ...]:
        """Return the people typed in, in parts that add up to the whole."""
        return crossed(self._part(ALL), self._part(DISABLED))

    @staticmethod
    def shown_counts(counts: Iterable[HeadCount]) -> dict[str, Any]:
        """Return what the grid shows of people already written down."""
        shown: dict[str, Any] = {}
        for count in counts:
            name = f"{ALL}_{count.sex}_{count.age_band}"
            shown[name] = shown.get(name, 0) + count.number
            if count.with_disability:
                shown[f"{DISABLED}_{count.sex}_{count.age_band}"] = count.number
        if shown:
            shown["total"] = sum(v for name, v in shown.items() if name.startswith(f"{ALL}_"))
        return shown
