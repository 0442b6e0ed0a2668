"""Sentences of every room: collect them, list what lacks Kyrgyz or Russian, compile.

    python tools/messages.py extract|check|compile [room ...]

`extract` adds new sentences to each room's own catalogue and marks those that are gone.
`check` fails while a sentence has no Kyrgyz or Russian, or a doubtful (fuzzy) one.
`compile` writes the .mo files, without any system gettext.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation import template as django_template

try:
    from babel.messages.extract import extract
except ImportError:  # compiling needs only polib; whoever extracts has the developers' tools
    extract = None  # type: ignore[assignment]

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("ky", "ru")
PLURALS = {
    "ky": "nplurals=1; plural=0;",  # after a number a Kyrgyz noun stays as it is
    "ru": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<12 || n%100>14) ? 1 : 2);",
}
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
    "npgettext_lazy": ((1, "c"), 2, 3),
}
Key = tuple[str | None, str, str]


def sentences(room: Path) -> dict[Key, list[tuple[str, str]]]:
    """Return every sentence of a room, as (context, one, many) -> places."""
    found: dict[Key, list[tuple[str, str]]] = {}
    for path in sorted(room.rglob("*")):
        if path.suffix not in {".py", ".html", ".txt"} or "migrations" in path.parts:
            continue
        source = path.read_text(encoding="utf-8")
        if path.suffix != ".py":
            source = django_template.templatize(source, origin=str(path))
        for line, message, _comments, context in extract(
            "python", BytesIO(source.encode()), KEYWORDS, options={"encoding": "utf-8"}
        ):
            one, many = (message, "") if isinstance(message, str) else (message[0], message[-1])
            if one:
                place = (path.relative_to(room.parent).as_posix(), str(line))
                found.setdefault((context or None, one, many), []).append(place)
    return found


def catalogue(room: Path, language: str) -> polib.POFile:
    """Return the room's catalogue in this language, a new one if there is none."""
    path = room / "locale" / language / "LC_MESSAGES" / "django.po"
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    made = polib.POFile(wrapwidth=100)
    made.fpath = str(path)
    made.metadata = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": PLURALS[language],
    }
    return made


def update(room: Path, language: str) -> polib.POFile:
    """Bring the catalogue in line with the room, keeping every translation."""
    book, wanted = catalogue(room, language), sentences(room)
    known = {(entry.msgctxt, entry.msgid, entry.msgid_plural): entry for entry in book}
    for key, places in wanted.items():
        entry = known.get(key)
        if entry is None:
            context, one, many = key
            entry = polib.POEntry(msgctxt=context, msgid=one, msgid_plural=many)
            if many:
                entry.msgstr_plural = dict.fromkeys(range(1 if language == "ky" else 3), "")
            book.append(entry)
        entry.occurrences, entry.obsolete = [(place, "") for place, _line in places], False
    for key, entry in known.items():
        if key not in wanted:
            entry.obsolete, entry.occurrences = True, []
    return book


def missing(room: Path, language: str) -> Iterator[str]:
    """Return every sentence of the room without a sure translation."""
    known = {(e.msgctxt, e.msgid, e.msgid_plural): e for e in catalogue(room, language)}
    for key, places in sentences(room).items():
        entry = known.get(key)
        if entry is None or entry.obsolete or not entry.translated() or entry.fuzzy:
            yield f"{places[0][0]}:{places[0][1]}: no {language}: {key[1]!r}"


def compile_all(folders: Iterable[Path]) -> int:
    """Write a .mo beside every .po; return how many."""
    paths = [path for folder in folders for path in sorted(folder.rglob("django.po"))]
    for path in paths:
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))
    return len(paths)


def main(order: str, *names: str) -> int:
    """Do what was ordered, for these rooms or for all; return the exit code."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
    rooms = [path.parent for path in sorted((ROOT / "ashar").glob("*/__init__.py"))]
    rooms = [room for room in rooms if not names or room.name in names]
    if order == "compile":
        print(compile_all([*rooms, ROOT / "config"]), "catalogues compiled")
        return 0
    if order == "extract":
        for room in rooms:
            for language in LANGUAGES:
                book = update(room, language)
                if len(book):
                    Path(book.fpath).parent.mkdir(parents=True, exist_ok=True)
                    book.save()
        return 0
    gaps = [gap for room in rooms for language in LANGUAGES for gap in missing(room, language)]
    print("\n".join([*gaps, f"{len(gaps)} sentences without a sure translation"]))
    return 1 if gaps else 0


if __name__ == "__main__":
    sys.exit(main(*(sys.argv[1:] or ["check"])))
