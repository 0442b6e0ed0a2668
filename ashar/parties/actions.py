"""Writes of the parties room."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.kernel.text import search_key
from ashar.parties.models import Account, Mandate, Organisation, Person
from ashar.places.models import Territory


class SamePerson(Exception):
    """What one person proposed, or what is given to her, only another person can confirm."""


@deed
def register_organisation(
    *,
    kind: str,
    name_ky: str,
    name_ru: str,
    territory: Territory | None = None,
    keeper: Organisation | None = None,
    by: Account | None,
    **further: str,
) -> Organisation:
    """Enter an organisation; `further` may give its other columns, the address say.

    The keeper is the body that answers for who acts for it.
    """
    organisation = Organisation.objects.create(
        kind=kind,
        name_ky=name_ky,
        name_ru=name_ru,
        territory=territory,
        keeper=keeper,
        **Organisation.keys_for(name_ky, name_ru),
        **further,
    )
    journal.write("organisation_registered", subject=f"organisation:{organisation.ref}", by=by)
    return organisation


@deed
def edit_organisation(organisation: Organisation, *, by: Account, **columns: str) -> None:
    """Write where an organisation is found and paid: address, telephone, bank account."""
    Organisation.objects.filter(pk=organisation.pk).update(**columns)
    journal.write(
        "organisation_edited",
        subject=f"organisation:{organisation.ref}",
        by=by,
        data={"columns": sorted(columns)},
    )
    organisation.refresh_from_db()


@deed
def register_person(*, name: str, by: Account | None) -> Person:
    """Enter a person who acts in a public role."""
    person = Person.objects.create(name=name, search_key=search_key(name)[:200])
    journal.write("person_registered", subject=f"person:{person.ref}", by=by)
    return person


@deed
def give_mandate(  # noqa: PLR0913 - an appointment says all this and no less
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    valid_from: date,
    valid_to: date | None = None,
    act: str = "",
    is_independent: bool = False,
    by: Account | None,
) -> Mandate:
    """Propose that the person acts for the organisation in the role from the day, by the act.

    It takes effect when another person confirms it; what the installation itself gives
    (`by` is None) needs nobody. The same proposal made again is found, not repeated.
    """
    giver = _person_of(by)
    waiting = Mandate.objects.waiting().filter(
        person=person, organisation=organisation, role=role, valid_from=valid_from
    )
    if giver is not None and (found := waiting.first()) is not None:
        return found
    now = timezone.now()
    mandate = Mandate.objects.create(
        person=person,
        organisation=organisation,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
        act=act,
        is_independent=is_independent,
        given_by=giver,
        given_at=now,
        confirmed_at=None if giver else now,
    )
    _write("mandate_given", mandate, by, act=act)
    return mandate


@deed
def confirm_mandate(mandate: Mandate, *, by: Account) -> None:
    """Let a proposed mandate take effect, by another person than who proposed it.

    Raises SamePerson when she proposed it or receives it; a second click changes nothing.
    """
    confirmer = _person_of(by)
    if confirmer is None or confirmer.pk in {mandate.given_by_id, mandate.person_id}:
        raise SamePerson
    changed = (
        Mandate.objects.waiting()
        .filter(pk=mandate.pk)
        .update(confirmed_by=confirmer, confirmed_at=timezone.now())
    )
    if changed:
        _write("mandate_confirmed", mandate, by)
    mandate.refresh_from_db()


@deed
def confirm_mandates(organisation: Organisation, *, by: Account) -> int:
    """Confirm whoever waits to act for the organisation; return how many; raises SamePerson."""
    waiting = list(Mandate.objects.waiting().filter(organisation=organisation))
    for mandate in waiting:
        confirm_mandate(mandate, by=by)
    return len(waiting)


@deed
def end_mandate(mandate: Mandate, *, reason: str, by: Account | None) -> None:
    """End a mandate from today, or take back one not confirmed yet; the row stays with why."""
    changed = Mandate.objects.filter(pk=mandate.pk, ended_on__isnull=True).update(
        ended_by=_person_of(by), ended_on=timezone.localdate(), end_reason=reason.strip()[:300]
    )
    if changed:
        _write("mandate_ended", mandate, by)
    mandate.refresh_from_db()


def _person_of(by: Account | None) -> Person | None:
    """Return who acts; an account without a person is nobody who could give or confirm."""
    if by is None:
        return None
    if by.person is None:
        raise SamePerson
    return by.person


def _write(action: str, mandate: Mandate, by: Account | None, **further: object) -> None:
    journal.write(
        action,
        subject=f"person:{mandate.person.ref}",
        by=by,
        data={"organisation": mandate.organisation.ref, "role": mandate.role, **further},
    )


@deed
def open_account(*, person: Person, username: str, password: str, by: Account | None) -> Account:
    """Let the person sign in with this name and password (hashed, never kept in clear)."""
    account = Account(username=username, person=person)
    account.set_password(password)
    account.save()
    journal.write("account_opened", subject=f"person:{person.ref}", by=by)
    return account
