"""Fixed vocabularies of indicators."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Bound(models.TextChoices):
    """How exact a value is that a source gives in words; empty means exactly."""

    ABOUT = "about", _("about")
    AT_LEAST = "at_least", _("at least")
    MORE_THAN = "more_than", _("more than")
