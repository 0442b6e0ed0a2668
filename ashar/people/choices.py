"""Fixed vocabularies of the people room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """As counted everywhere in Ashar."""

    WOMEN = "women", _("woman")
    MEN = "men", _("man")


class ParticularKind(models.TextChoices):
    """Particulars that need a clearance of their own: each kind is another secret."""

    HEALTH = "health", _("health and disability")
    VIOLENCE = "violence", _("violence suffered")
    POVERTY = "poverty", _("poverty")


class Purpose(models.TextChoices):
    """Why a card is opened."""

    REQUEST = "request", _("the person asked for help")
    SERVICE = "service", _("to arrange or check a service")
    VISIT = "visit", _("to prepare a home visit")
    CORRECTION = "correction", _("to correct the card")
    COMPLAINT = "complaint", _("to answer a complaint")
    INSPECTION = "inspection", _("an inspection that the law requires")


class ConsentKind(models.TextChoices):
    """What the person, or her legal representative, agreed to."""

    KEEPING = "keeping", _("keeping this card")
    SHARING = "sharing", _("passing the card to the organisation that gives the service")
    PICTURES = "pictures", _("taking and showing pictures")
