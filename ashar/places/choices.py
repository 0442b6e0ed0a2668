"""Fixed vocabularies of places: kinds of unit, and ways in which one unit follows another."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    """What a unit is in the register (SOATE)."""

    COUNTRY = "country", _("Country")
    OBLAST = "oblast", _("Oblast")
    CITY_REPUBLICAN = "city_republican", _("City of republican significance")
    RAYON = "rayon", _("District")
    CITY_OBLAST = "city_oblast", _("City of oblast significance")
    CITY_DISTRICT = "city_district", _("District of a city")
    AYIL_AIMAK = "ayil_aimak", _("Ayil aimak")
    CITY_RAYON = "city_rayon", _("City of district significance")
    PGT = "pgt", _("Urban-type settlement")
    VILLAGE = "village", _("Village")


class SuccessionKind(TextChoices):
    """How a unit came to be followed by another."""

    MERGE = "merge", _("Merged")
    SPLIT = "split", _("Divided")
    RENAME = "rename", _("Renamed")
    TRANSFER = "transfer", _("Transferred")
    STATUS_CHANGE = "status_change", _("Change of status")


# Units with their own budget and their own kenesh: those that can order a social service.
MUNICIPAL_KINDS = (Kind.CITY_REPUBLICAN, Kind.CITY_OBLAST, Kind.AYIL_AIMAK, Kind.CITY_RAYON)
