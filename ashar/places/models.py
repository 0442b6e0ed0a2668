"""Territory, a unit of the country as it was in a period, and Succession, what became of it."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ashar.places.choices import MUNICIPAL_KINDS, Kind, SuccessionKind
from ashar.places.core import Naming, PlaceName, full_name, plain_name

CODE_LENGTH = 14


class Territory(models.Model):
    """One unit as it was in one period; a later period of the same unit is another row."""

    code = models.CharField(
        _("SOATE code"),
        max_length=CODE_LENGTH,
        db_index=True,
        validators=[RegexValidator(r"^\d{14}$", _("A code has 14 digits."))],
    )
    kind = models.CharField(_("Kind"), max_length=16, choices=Kind.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    # Codes from the country down to this unit, each followed by "/": everything inside a
    # unit is one query by the beginning of this text, on both databases.
    path = models.CharField(max_length=160, db_index=True, editable=False)
    level = models.PositiveSmallIntegerField(_("Level"), editable=False)

    name_ky = models.CharField(_("Name in Kyrgyz"), max_length=160, blank=True)
    name_ru = models.CharField(_("Name in Russian"), max_length=160)
    name_en = models.CharField(_("Name in English"), max_length=160, blank=True)
    # Which names nobody has confirmed yet; shown, never hidden.
    name_ky_source = models.CharField(max_length=160, blank=True)
    name_en_source = models.CharField(max_length=160, blank=True)
    search_key = models.CharField(max_length=600, db_index=True, editable=False)
    spelling_key = models.CharField(max_length=600, editable=False)
    sort_key = models.CharField(max_length=400, db_index=True, editable=False)
    sort_key_ru = models.CharField(max_length=400, db_index=True, editable=False)

    # A null beginning means "before the register was read": nobody knows the day.
    valid_from = models.DateField(_("Exists from"), null=True, blank=True)
    valid_to = models.DateField(_("Existed until"), null=True, blank=True)
    is_valid_to_year_only = models.BooleanField(default=False)

    population = models.PositiveIntegerField(_("Inhabitants"), null=True, blank=True)
    population_year = models.PositiveSmallIntegerField(null=True, blank=True)
    population_basis = models.CharField(max_length=40, blank=True)
    lat = models.FloatField(null=True, blank=True)
    lon = models.FloatField(null=True, blank=True)

    is_demonstration = models.BooleanField(_("Demonstration"), default=False)
    source = models.CharField(_("Source"), max_length=200, blank=True)
    note = models.CharField(_("Note"), max_length=300, blank=True)

    class Meta:
        """A unit has at most one row for each beginning, and one for an unknown beginning."""

        verbose_name = _("Territory")
        verbose_name_plural = _("Territories")
        ordering = ("sort_key", "code")
        constraints = (
            models.UniqueConstraint(fields=("code", "valid_from"), name="territory_period_once"),
            models.UniqueConstraint(
                fields=("code",),
                condition=Q(valid_from__isnull=True),
                name="territory_unknown_beginning_once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_to__gte=models.F("valid_from")),
                name="territory_ends_after_it_begins",
            ),
        )

    def __str__(self) -> str:
        """Return the official name in the reader's language."""
        return self.title

    def get_absolute_url(self) -> str:
        """Return the address of the public page of this place."""
        return f"{reverse('places:list')}{self.code}/"

    @property
    def naming(self) -> Naming:
        """The names of this unit as the register spells them."""
        return Naming(self.kind, self.name_ky, self.name_ru, self.name_en)

    @property
    def name(self) -> str:
        """Name without the word for its kind, in the reader's language (Каргалык)."""
        return self.name_in(get_language() or "ky").text

    @property
    def title(self) -> str:
        """Name with the word for its kind, in the reader's language (Каргалык айыл аймагы)."""
        return self.title_in(get_language() or "ky").text

    @property
    def label(self) -> str:
        """Title with what it lies in, so that places of one name are told apart."""
        return self.label_in(get_language() or "ky")

    def name_in(self, language: str) -> PlaceName:
        """Return the bare name and the language in which it really is."""
        return plain_name(self.naming, language)

    def title_in(self, language: str) -> PlaceName:
        """Return the full name and the language in which it really is."""
        return full_name(self.naming, language)

    def label_in(self, language: str) -> str:
        """Return the title with the units above it up to the district or the city."""
        title = self.title_in(language).text
        above = [unit.title_in(language).text for unit in self._units_above()]
        return f"{title} ({', '.join(above)})" if above else title

    @property
    def is_municipality(self) -> bool:
        """Whether the unit has its own budget and kenesh."""
        return self.kind in MUNICIPAL_KINDS

    @property
    def is_current(self) -> bool:
        """Whether the unit still exists, as far as the sources say."""
        return self.valid_to is None

    @property
    def ancestor_codes(self) -> tuple[str, ...]:
        """Codes of the units this one lies in, from the country down, without itself."""
        return tuple(self.path.strip("/").split("/")[:-1])

    def _units_above(self) -> list[Territory]:
        """Return the parents below the oblast; the oblast itself for a district or a city."""
        above: list[Territory] = []
        unit = self.parent
        while unit is not None and unit.kind != Kind.COUNTRY:
            if unit.kind == Kind.OBLAST and above:
                break
            above.append(unit)
            unit = unit.parent
        return above


class Succession(models.Model):
    """One unit is followed by another: the ground on which old records are read today."""

    predecessor = models.ForeignKey(Territory, models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Territory, models.PROTECT, related_name="origins")
    kind = models.CharField(_("Kind"), max_length=16, choices=SuccessionKind.choices)
    # The last day of the old unit; when the source names a year only, its last day.
    on = models.DateField(_("Date"), null=True, blank=True)
    is_year_only = models.BooleanField(default=False)
    share = models.DecimalField(
        _("Share of the predecessor"), max_digits=7, decimal_places=6, null=True, blank=True
    )
    act = models.CharField(_("Legal act"), max_length=200, blank=True)
    source = models.CharField(_("Source"), max_length=300, blank=True)

    class Meta:
        """The same passing from one unit to another is recorded once."""

        verbose_name = _("Succession")
        verbose_name_plural = _("Successions")
        ordering = ("on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("predecessor", "successor", "kind"), name="succession_once"
            ),
            models.CheckConstraint(
                condition=Q(share__isnull=True) | Q(share__gt=0, share__lte=1),
                name="succession_share_is_a_fraction",
            ),
        )

    def __str__(self) -> str:
        """Return both units and the arrow of time between them."""
        return f"{self.predecessor} → {self.successor}"
