"""What an administrator with a copy of everything could try before the deadline."""

from __future__ import annotations

import base64
import re
from itertools import combinations
from pathlib import Path

import pyrage
from django.conf import settings
from django.db import connection

from ashar.seals.core import NotLockedError, decrypt, identity_of
from ashar.seals.core.shares import combine

IDENTITY = re.compile(rb"AGE-SECRET-KEY-1[02-9AC-HJ-NP-Z]{58}", re.IGNORECASE)
ARMORED = re.compile(
    rb"-----BEGIN AGE ENCRYPTED FILE-----(.*?)-----END AGE ENCRYPTED FILE-----", re.DOTALL
)
MAGIC = b"age-encryption.org/v1\n"
SHARE_LENGTH = 33


def pieces():
    """Every value of every table, the pages of the database, every file, every setting."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names from the database
            for row in cursor.fetchall():
                yield from (_bytes(value) for value in row if value is not None)
    serialize = getattr(connection.connection, "serialize", None)
    if serialize is not None:
        yield bytes(serialize())
    for folder in {Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT)}:
        for path in folder.rglob("*"):
            if path.is_file():
                yield path.read_bytes()
    yield repr({name: getattr(settings, name) for name in dir(settings) if name.isupper()}).encode()


def _bytes(value):
    if isinstance(value, bytes | memoryview | bytearray):
        return bytes(value)
    text = str(value)
    # JSON writes line ends as two signs.
    return text.replace("\\n", "\n").encode("utf-8", "surrogatepass")


def found_in(content):
    """The locked files and the secret identities that stand in some bytes."""
    locked = [base64.b64decode(b"".join(one.split())) for one in ARMORED.findall(content)]
    start = content.find(MAGIC)
    while start != -1 and len(content) < 30_000_000:
        locked.append(content[start:])
        start = content.find(MAGIC, start + 1)
    return locked, {one.decode().upper() for one in IDENTITY.findall(content)}


def leaks(canaries, keys=(), words=()):
    """Try every key on everything; return what was read that nobody may read yet."""
    locked, identities, found = set(), set(keys), []
    for content in pieces():
        found += [f"in clear: {one!r}" for one in canaries if one in content]
        here, secrets = found_in(content)
        locked |= set(here)
        identities |= secrets
    identities |= _unlocked(locked, words)
    opened = _opened(locked, identities)
    shares = [one for one in opened if len(one) == SHARE_LENGTH]
    for number in (2, 3, 4):
        tried = {_combined(group) for group in combinations(shares[:40], number)}
        opened |= _opened(locked, tried - {""})
    found += [f"read with keys: {one!r}" for one in canaries for text in opened if one in text]
    return found


def _unlocked(locked, words):
    """What the secret words that are known open of the seals kept locked."""
    found = set()
    for one in locked:
        for word in words:
            try:
                found.add(pyrage.passphrase.decrypt(one, word).decode())
            except (pyrage.DecryptError, UnicodeDecodeError):
                continue
    return {one for one in found if one.startswith("AGE-SECRET-KEY-")}


def _opened(locked, identities):
    found = set()
    for identity in identities:
        for one in locked:
            try:
                found.add(decrypt(one, identity))
            except NotLockedError:
                continue
    return found


def _combined(group):
    try:
        return identity_of(combine(group))
    except ValueError:
        return ""
