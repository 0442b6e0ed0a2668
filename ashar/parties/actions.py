"""Writes of the parties room."""

from __future__ import annotations

from datetime import date

from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.kernel.text import search_key
from ashar.parties.models import Account, Mandate, Organisation, Person
from ashar.places.models import Territory


@deed
def register_organisation(
    *,
    kind: str,
    name_ky: str,
    name_ru: str,
    territory: Territory | None = None,
    by: Account | None,
    **further: str,
) -> Organisation:
    """Enter an organisation; `further` may give name_en, registration_number and address."""
    organisation = Organisation.objects.create(
        kind=kind,
        name_ky=name_ky,
        name_ru=name_ru,
        territory=territory,
        **Organisation.keys_for(name_ky, name_ru),
        **further,
    )
    journal.write("organisation_registered", subject=f"organisation:{organisation.ref}", by=by)
    return organisation


@deed
def register_person(*, name: str, by: Account | None) -> Person:
    """Enter a person who acts in a public role."""
    person = Person.objects.create(name=name, search_key=search_key(name)[:200])
    journal.write("person_registered", subject=f"person:{person.ref}", by=by)
    return person


@deed
def give_mandate(
    *,
    person: Person,
    organisation: Organisation,
    role: str,
    valid_from: date,
    act: str = "",
    is_independent: bool = False,
    by: Account | None,
) -> Mandate:
    """Let the person act for the organisation in the role from the day, by the act named."""
    mandate = Mandate.objects.create(
        person=person,
        organisation=organisation,
        role=role,
        valid_from=valid_from,
        act=act,
        is_independent=is_independent,
    )
    journal.write(
        "mandate_given",
        subject=f"person:{person.ref}",
        by=by,
        data={"organisation": organisation.ref, "role": role, "act": act},
    )
    return mandate


@deed
def open_account(*, person: Person, username: str, password: str, by: Account | None) -> Account:
    """Let the person sign in with this name and password (hashed, never kept in clear)."""
    account = Account(username=username, person=person)
    account.set_password(password)
    account.save()
    journal.write("account_opened", subject=f"person:{person.ref}", by=by)
    return account
