"""The one file of a back-up: a packed folder, locked to a key that is not on this machine.

What is written to the disk of the back-up is locked already: content goes from the packer to the
lock through a pipe. Debian's own `age` and `tar` open it: age -d -i key.txt FILE | tar -xz
"""

from __future__ import annotations

import gzip
import io
import json
import os
import tarfile
import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import IO, Any, cast

import pyrage
from pyrage import x25519

from ashar.server.backups.disk import CHUNK, Digested, create_private, private_folder
from ashar.server.backups.errors import BackupRefused

MANIFEST = "manifest.json"
_QUICK = 3  # level of compression: papers are compressed already
Member = tuple[str, Path]


def pack(
    out: IO[bytes], members: Iterable[Member], told: dict[str, Any], recipients: list[str]
) -> dict[str, dict[str, Any]]:
    """Write the members and their digests, locked when there are recipients."""
    digests: dict[str, dict[str, Any]] = {}

    def write(file: IO[bytes]) -> None:
        _write_members(file, members, told, digests)

    if not recipients:
        write(out)
        return digests
    keys = [recipient(text) for text in recipients]
    _through_pipe(write, lambda file: pyrage.encrypt_io(file, cast("Any", out), keys))
    return digests


def recipient(text: str) -> x25519.Recipient:
    """Return the key to which back-ups are locked; a wrong one is refused."""
    try:
        return x25519.Recipient.from_str(text.strip())
    except pyrage.RecipientError as wrong:
        raise BackupRefused(
            "ASHAR_BACKUP_RECIPIENT does not hold a key that begins with age1. "
            "`ashar backup --new-key` makes one."
        ) from wrong


def _write_members(
    file: IO[bytes],
    members: Iterable[Member],
    told: dict[str, Any],
    digests: dict[str, dict[str, Any]],
) -> None:
    with (
        gzip.GzipFile(fileobj=file, mode="wb", compresslevel=_QUICK, filename="") as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name, path in members:
            with suppress(FileNotFoundError):  # a draft taken off meanwhile
                digests[name] = _add(archive, name, path)
        text = json.dumps({**told, "files": digests}, indent=1, sort_keys=True).encode()
        archive.addfile(_information(MANIFEST, len(text)), io.BytesIO(text))


def _add(archive: tarfile.TarFile, name: str, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        read = Digested(file)
        archive.addfile(_information(name, os.fstat(file.fileno()).st_size), cast("Any", read))
    return {"bytes": read.size, "sha256": read.digest}


def _information(name: str, size: int) -> tarfile.TarInfo:
    """Describe a member without the names of this machine's accounts."""
    told = tarfile.TarInfo(name)
    told.size = size
    told.mode = 0o600
    return told


def _through_pipe(write: Callable[[IO[bytes]], None], read: Callable[[IO[bytes]], object]) -> None:
    """Run the writer in a thread and the reader here; the fault of either is ours."""
    read_end, write_end = os.pipe()
    faults: list[BaseException] = []

    def run() -> None:
        try:
            with os.fdopen(write_end, "wb", buffering=CHUNK) as file:
                write(file)
        except BrokenPipeError:
            pass  # the reader gave up and says why itself
        except BaseException as fault:  # noqa: BLE001 - raised below, in the thread that asked
            faults.append(fault)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        with os.fdopen(read_end, "rb", buffering=CHUNK) as file:
            read(file)
    finally:
        thread.join()
        if faults:  # the reader stumbled because the writer had fallen
            raise faults[0]


def unpack(source: Path, folder: Path, identities: list[Any]) -> dict[str, Any]:
    """Open a back-up into an empty folder and return its manifest, every digest compared."""
    with source.open("rb") as file:
        if not is_locked(source):
            found = _read_members(file, folder)
        else:
            if not identities:
                raise BackupRefused("This back-up is locked: name the key file with --identity.")
            found = _unlocked(file, folder, identities)
    return _compared(folder, found)


def is_locked(path: Path) -> bool:
    """Say whether a key is needed to open the file."""
    return path.suffix == ".age"


def _unlocked(file: IO[bytes], folder: Path, identities: list[Any]) -> dict[str, dict[str, Any]]:
    found: list[dict[str, dict[str, Any]]] = []
    try:
        _through_pipe(
            lambda out: pyrage.decrypt_io(cast("Any", file), cast("Any", out), identities),
            lambda plain: found.append(_read_members(plain, folder)),
        )
    except (pyrage.DecryptError, OSError) as refused:
        if getattr(refused, "errno", None):  # the disk's own fault: full, or gone
            raise
        raise BackupRefused("The back-up is damaged, or this is not the key to it.") from refused
    return found[0]


def _read_members(file: IO[bytes], folder: Path) -> dict[str, dict[str, Any]]:
    """Write each member into the folder; only plain files with harmless names are taken."""
    found: dict[str, dict[str, Any]] = {}
    try:
        with (
            gzip.GzipFile(fileobj=file, mode="rb") as packed,
            tarfile.open(fileobj=packed, mode="r|") as archive,
        ):
            for member in archive:
                content = archive.extractfile(member)
                if content is None or not _is_harmless(member.name):
                    raise BackupRefused("The back-up holds a name that no back-up of ours has.")
                found[member.name] = _write_member(folder / member.name, content)
            while packed.read(CHUNK):  # to the end, where the packer's own sum stands
                pass
            while file.read(CHUNK):
                pass
    except (tarfile.TarError, EOFError, OSError, ValueError) as fault:
        if isinstance(fault, OSError) and fault.errno:
            raise
        raise BackupRefused("The back-up is damaged: it cannot be read to its end.") from fault
    return found


def _is_harmless(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and "\\" not in name


def _write_member(path: Path, content: IO[bytes]) -> dict[str, Any]:
    private_folder(path.parent)
    with create_private(path) as file:
        written = Digested(file)
        while chunk := content.read(CHUNK):
            written.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    return {"bytes": written.size, "sha256": written.digest}


def _compared(folder: Path, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return the manifest if all it names arrived as it was packed."""
    if MANIFEST not in found:
        raise BackupRefused("The back-up is damaged: its list of contents is missing.")
    manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_bytes())
    del found[MANIFEST]
    if found != manifest["files"]:
        wrong = [n for n in manifest["files"] | found if found.get(n) != manifest["files"].get(n)]
        raise BackupRefused(f"The back-up is damaged: {len(wrong)} of its files are not as packed.")
    return manifest


def identities_of(path: Path) -> list[Any]:
    """Return the keys of a file as `ashar backup --new-key` and `age-keygen` write it."""
    lines = path.read_text(encoding="ascii").splitlines()
    return [
        x25519.Identity.from_str(line.strip()) for line in lines if line.startswith("AGE-SECRET")
    ]
