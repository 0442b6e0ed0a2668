"""Persons, organisations, mandates and the accounts with which people sign in."""

from __future__ import annotations

from datetime import date

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ashar.journal.models import Watched, WatchedQuerySet
from ashar.kernel.ids import new_ref
from ashar.kernel.text import search_key, sort_key
from ashar.parties.choices import MandateRole, OrganisationKind
from ashar.places.models import Territory


class Person(Watched):
    """A human being who acts in a public role; those served are another, restricted register."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=200)
    search_key = models.CharField(max_length=200, db_index=True, editable=False)

    def __str__(self) -> str:
        return self.name


class AccountManager(UserManager.from_queryset(WatchedQuerySet)):  # type: ignore[misc]  # made by Django
    """Accounts, whose every change the journal knows."""

    use_in_migrations = False


class Account(AbstractUser, Watched):
    """The means by which a person signs in; rights come from mandates, never from here.

    Whose account it is, its password and its rank are watched: who could change them by SQL
    would decide in the name of another.
    """

    person = models.OneToOneField(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="account"
    )

    unwatched = ("last_login",)

    objects = AccountManager()  # type: ignore[misc]  # the plug-in thinks that the abstract table fixed it

    def __str__(self) -> str:
        return self.person.name if self.person else self.username


class OrganisationQuerySet(WatchedQuerySet["Organisation"]):
    """Lists of organisations in the order of the Kyrgyz alphabet."""

    def in_alphabet(self) -> OrganisationQuerySet:
        """Order by the Kyrgyz alphabet, not by code points."""
        return self.order_by("sort_key", "pk")


class Organisation(Watched):
    """A body with rights and duties: an aiyl okmotu, a kenesh, an NGO, a commission."""

    ref = models.CharField(max_length=16, unique=True, default=new_ref, editable=False)
    kind = models.CharField(max_length=24, choices=OrganisationKind.choices)
    name_ky = models.CharField(max_length=300)
    name_ru = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    territory = models.ForeignKey(
        Territory, null=True, blank=True, on_delete=models.PROTECT, related_name="organisations"
    )
    registration_number = models.CharField(max_length=40, blank=True)
    address = models.CharField(max_length=300, blank=True)
    telephone = models.CharField(_("telephone"), max_length=60, blank=True)
    account_number = models.CharField(_("bank account"), max_length=60, blank=True)
    # The body that formed this one and answers for who acts for it: a commission's customer.
    keeper = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="kept"
    )
    search_key = models.CharField(max_length=600, db_index=True, editable=False)
    sort_key = models.CharField(max_length=300, db_index=True, editable=False)

    objects = OrganisationQuerySet.as_manager()  # type: ignore[misc]  # the plug-in thinks that the abstract table fixed it

    def __str__(self) -> str:
        return self.name_ky or self.name_ru

    @staticmethod
    def keys_for(name_ky: str, name_ru: str) -> dict[str, str]:
        """Return the stored search and sort keys of an organisation so named."""
        return {
            "search_key": search_key(f"{name_ky} {name_ru}")[:600],
            "sort_key": sort_key(name_ky or name_ru)[:300],
        }


class MandateQuerySet(WatchedQuerySet["Mandate"]):
    """Mandates by date."""

    def active(self, on: date) -> MandateQuerySet:
        """Mandates in force on the day: confirmed, begun, neither run out nor ended."""
        return (
            self.filter(confirmed_at__isnull=False, valid_from__lte=on)
            .filter(Q(valid_to__isnull=True) | Q(valid_to__gte=on))
            .filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))
        )

    def waiting(self) -> MandateQuerySet:
        """Mandates that a second person has yet to confirm."""
        return self.filter(confirmed_at__isnull=True, ended_on__isnull=True)


class Mandate(Watched):
    """A person may act for an organisation in a role, from - to, by which act."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="mandates"
    )
    role = models.CharField(max_length=20, choices=MandateRole.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    act = models.CharField(max_length=300, blank=True)
    is_independent = models.BooleanField(default=False)
    # Who may decide or pay is named by one person and confirmed by another. Without both names
    # the mandate was given by the installation itself: its first people, training, the archive.
    given_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    given_at = models.DateTimeField(_("proposed"), null=True, blank=True)
    confirmed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, blank=True)
    ended_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = models.CharField(_("why it was ended"), max_length=300, blank=True)

    objects = MandateQuerySet.as_manager()  # type: ignore[misc]  # the plug-in thinks that the abstract table fixed it

    class Meta:
        """A mandate does not end before it begins; nobody gives one alone, nor confirms her own."""

        constraints = (
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="mandate_ends_after_it_begins",
            ),
            models.UniqueConstraint(
                fields=("person", "organisation", "role", "valid_from"),
                condition=Q(ended_on__isnull=True),
                name="mandate_once",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=True, given_by__isnull=True)
                | (
                    Q(confirmed_at__isnull=False, confirmed_by__isnull=False)
                    & Q(given_by__isnull=False)
                    & ~Q(given_by=F("confirmed_by"))
                    & ~Q(person=F("confirmed_by"))
                ),
                name="mandate_confirmed_by_another",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.organisation}"
