"""Fixed vocabularies of documents."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Visibility(models.TextChoices):
    """Who may read a document."""

    PUBLIC = "public", _("everybody")
    PARTIES = "parties", _("the parties of the case")
    INTERNAL = "internal", _("the office that keeps it")


class PaperLanguage(models.TextChoices):
    """The language a document is written in."""

    KYRGYZ = "ky", _("Kyrgyz")
    RUSSIAN = "ru", _("Russian")
    ENGLISH = "en", _("English")
    UNKNOWN = "", _("not said")
