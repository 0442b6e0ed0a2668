"""A member makes a key; the announcement of a contest freezes who holds its keys."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError
from django.utils import timezone

from ashar.cases.models import Case
from ashar.journal import actions as journal
from ashar.journal.actions import deed
from ashar.parties.models import Account, Person
from ashar.seals.core import LEAST_HOLDERS, fingerprint, is_locked, is_recipient, threshold_for
from ashar.seals.models import KeyHolder, MemberKey, Sealing
from ashar.seals.queries import live_key_of, live_keys_of, sealing_of

LONGEST_LOCKED = 2000


class BadKey(ValueError):
    """What the page sent is no key locked under a passphrase; nothing was kept."""


class NoKey(LookupError):
    """The person has no key."""


@deed
def make_member_key(
    person: Person, *, recipient: str, locked: str, by: Account | None
) -> MemberKey:
    """Keep a key made in the member's browser; the former one is retired.

    Contests announced before keep the keys they were announced with. Raises BadKey.
    """
    _require_locked(locked)
    if not is_recipient(recipient):
        raise BadKey
    retire_member_key(person, by=by)
    try:
        with deed():
            key = MemberKey.objects.create(
                person=person, recipient=recipient, locked=locked.strip(), made_at=timezone.now()
            )
    except IntegrityError as taken:
        raise BadKey from taken
    _note("member_key_made", key, by)
    return key


@deed
def retire_member_key(person: Person, *, by: Account | None) -> None:
    """Take the key out of use for contests announced later; it still opens the earlier ones."""
    key = live_key_of(person)
    if key is None:
        return
    MemberKey.objects.filter(pk=key.pk, retired_at__isnull=True).update(retired_at=timezone.now())
    _note("member_key_retired", key, by)


@deed
def change_passphrase(person: Person, *, recipient: str, locked: str, by: Account) -> MemberKey:
    """Keep the same key locked under another passphrase. Raises BadKey, NoKey."""
    _require_locked(locked)
    key = MemberKey.objects.filter(person=person, recipient=recipient).first()
    if key is None:
        raise NoKey
    MemberKey.objects.filter(pk=key.pk).update(locked=locked.strip())
    key.refresh_from_db()
    _note("member_passphrase_changed", key, by)
    return key


def _require_locked(locked: str) -> None:
    if len(locked) > LONGEST_LOCKED or not is_locked(locked):
        raise BadKey


def _note(action: str, key: MemberKey, by: Account | None) -> None:
    journal.write(
        action, subject=f"member_key:{key.pk}", by=by, data={"fingerprint": key.fingerprint}
    )


@deed
def freeze_sealing(
    case: Case, members: Iterable[Person], *, by: Account | None = None
) -> Sealing | None:
    """Freeze who holds the keys of the contest, in the order of the members.

    With fewer than three keys the contest is not sealed by keys, and nothing is written.
    """
    already = sealing_of(case)
    case.__dict__.pop("_sealing", None)  # what was kept for a page is asked anew from here on
    if already is not None:
        return already
    people = list(dict.fromkeys(members))
    keys = live_keys_of(people)
    holding = [one for one in people if one.pk in keys]
    if len(holding) < LEAST_HOLDERS:
        return None
    sealing = Sealing.objects.create(
        case=case, threshold=threshold_for(len(holding)), made_at=timezone.now()
    )
    KeyHolder.objects.bulk_create(
        KeyHolder(sealing=sealing, position=position, key=keys[one.pk], name=str(one)[:300])
        for position, one in enumerate(holding, start=1)
    )
    journal.write(
        "sealing_frozen",
        subject=f"case:{case.ref}",
        case_ref=case.ref,
        by=by,
        data={
            "threshold": sealing.threshold,
            "fingerprints": [fingerprint(keys[one.pk].recipient) for one in holding],
        },
    )
    return sealing_of(case)
