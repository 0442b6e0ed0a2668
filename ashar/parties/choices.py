"""Fixed vocabularies of the parties room."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """What kind of body an organisation is; eligibility rules of contests read it."""

    AIYL_OKMOTU = "aiyl_okmotu", _("aiyl okmotu")
    MAYORS_OFFICE = "mayors_office", _("mayor's office")
    KENESH = "kenesh", _("local kenesh")
    COMMISSION = "commission", _("contest commission")
    NON_COMMERCIAL = "non_commercial", _("non-commercial organisation")
    LEGAL_ENTITY = "legal_entity", _("other legal entity")
    ENTREPRENEUR = "entrepreneur", _("individual entrepreneur")
    INITIATIVE_GROUP = "initiative_group", _("initiative group without registration")
    PARTY = "political_party", _("political party")
    TRADE_UNION = "trade_union", _("trade union")
    RELIGIOUS = "religious", _("religious organisation")
    MINISTRY = "ministry", _("ministry or state agency")
    DONOR = "donor", _("donor")


class MandateRole(models.TextChoices):
    """In which role a person acts for an organisation; actors of procedures name these."""

    SPECIALIST = "specialist", _("specialist of the aiyl okmotu")
    HEAD = "head", _("head")
    DEPUTY = "deputy", _("deputy of the kenesh")
    SECRETARY = "secretary", _("secretary")
    MEMBER = "member", _("member of the commission")
    REPRESENTATIVE = "representative", _("representative of the organisation")
    OFFICER = "officer", _("officer of the ministry")
    MANAGER = "manager", _("manager of the donor's project")


class MandateState(models.TextChoices):
    """How a mandate stands on a day."""

    WAITING = "waiting", _("waits for a second person")
    IN_FORCE = "in_force", _("in force")
    SOON = "soon", _("runs out soon")
    TO_COME = "to_come", _("not begun yet")
    OVER = "over", _("over")
