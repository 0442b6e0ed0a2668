"""Released editions never change: their hashes stand in law/procedures.lock.

To release: python -m ashar.procedures.lock law/procedures/<key>/<edition>.yaml
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

_HEADER = (
    "# Editions that cases may rest on. A file named here never changes again;\n"
    "# a change of law is a new file beside it. Added by: python -m ashar.procedures.lock <file>\n"
)


def locked(root: Path) -> dict[str, str]:
    """Return the released editions below law/procedures, with the hashes they must have."""
    path = root / "procedures.lock"
    if not path.exists():
        return {}
    lines = (line.split() for line in path.read_text("utf-8").splitlines())
    return {words[1]: words[0] for words in lines if words and not words[0].startswith("#")}


def lock_check(root: Path) -> list[str]:
    """Return a sentence for each released edition that has changed or gone."""
    faults = []
    for name, expected in sorted(locked(root).items()):
        path = root / "procedures" / name
        if not path.exists():
            faults.append(f"procedures/{name} was released and is gone. Bring it back from git.")
        elif _sha256(path) != expected:
            faults.append(
                f"procedures/{name} was released and has changed."
                " Undo the change, and write it as a new edition in a file of a new date."
            )
    return faults


def lock_add(root: Path, path: Path) -> None:
    """Release an edition: from now on its file must not change."""
    name = path.resolve().relative_to((root / "procedures").resolve()).as_posix()
    entries = locked(root)
    if entries.get(name, _sha256(path)) != _sha256(path):
        message = f"{name} is already released with other contents; write a new edition"
        raise ValueError(message)
    entries[name] = _sha256(path)
    lines = "".join(f"{sha256}  {entry}\n" for entry, sha256 in sorted(entries.items()))
    (root / "procedures.lock").write_text(_HEADER + lines, "utf-8")


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def main() -> int:
    """Release the files named on the command line."""
    for name in sys.argv[1:]:
        path = Path(name).resolve()
        lock_add(path.parents[2], path)
        sys.stdout.write(f"released: {name}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
