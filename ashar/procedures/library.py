"""The law files of this site, read once and kept: procedures, acts, profiles, wordings."""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ashar.kernel.dates import BISHKEK
from ashar.procedures.load import load
from ashar.procedures.profiles import merged, read_profiles
from ashar.procedures.reading import BadFile
from ashar.procedures.standards import Standard, read_standard
from ashar.procedures.texts import (
    Wordings,
    read_acts,
    read_calendar,
    read_vocabulary,
    read_wordings,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ashar.kernel.dates import Calendar
    from ashar.kernel.text import Wording
    from ashar.procedures.model import Procedure, Profile
    from ashar.procedures.reasons import Reason, Refusal
    from ashar.procedures.texts import Act, CalendarText, Vocabulary

_PLACE = re.compile(r"\{(\w+)\}")


class NoSuchProcedure(LookupError):
    """No edition of that procedure, or none in force on that day."""


class Library:
    """All law files below one folder; each is read when first asked for."""

    def __init__(self, root: Path) -> None:
        """Keep the folder (law/); nothing is read yet."""
        self.root = root
        self._procedures: dict[Path, Procedure] = {}
        self._vocabularies: dict[str, Vocabulary] = {}

    def keys(self) -> tuple[str, ...]:
        """Return the keys of all procedures."""
        return tuple(sorted({path.parent.name for path in self.paths()}))

    def __iter__(self) -> Iterator[str]:
        """Walk over the keys, as over those of a mapping."""
        return iter(self.keys())

    def paths(self) -> list[Path]:
        """Return the files of all editions of all procedures."""
        return sorted((self.root / "procedures").glob("*/*.yaml"))

    def editions(self, key: str) -> tuple[date, ...]:
        """Return the dates of the editions of a procedure, oldest first."""
        files = sorted((self.root / "procedures" / key).glob("*.yaml"))
        return tuple(date.fromisoformat(path.stem) for path in files)

    def procedure(
        self, key: str, edition: date | str | None = None, on: date | None = None
    ) -> Procedure:
        """Return an edition, else the latest that begins no later than `on` (else today)."""
        if edition is None:
            day = on or datetime.now(BISHKEK).date()
            begun = [date_ for date_ in self.editions(key) if date_ <= day]
            if not begun:
                message = f"no edition of {key} has begun by {day}"
                raise NoSuchProcedure(message)
            edition = begun[-1]
        path = self.root / "procedures" / key / f"{edition}.yaml"
        if not path.is_file():
            message = f"there is no edition {edition} of {key}"
            raise NoSuchProcedure(message)
        return self.load(path)

    def load(self, path: Path) -> Procedure:
        """Read a procedure file once; its folder and name must be its key and edition."""
        if path not in self._procedures:
            procedure = load(path, self.shown(path))
            if (path.parent.name, path.stem) != (procedure.key, procedure.edition.isoformat()):
                remedy = f"Move it to procedures/{procedure.key}/{procedure.edition}.yaml."
                says = f"the file calls itself {procedure.ref}"
                raise BadFile(self.shown(path), 1, "", says, remedy)
            self._procedures[path] = procedure
        return self._procedures[path]

    def shown(self, path: Path) -> str:
        """Return a file's path as messages show it: law/procedures/..."""
        return path.relative_to(self.root.parent).as_posix()

    def profile(self, key: str) -> Profile:
        """Return a profile; KeyError if there is none."""
        return self.profiles[key]

    @cached_property
    def profiles(self) -> Mapping[str, Profile]:
        """Return all profiles by key."""
        files = sorted((self.root / "profiles").glob("*.yaml"))
        return merged(one for path in files for one in read_profiles(path, self.shown(path)))

    @cached_property
    def acts(self) -> Mapping[str, Act]:
        """Return the register of acts by key."""
        path = self.root / "acts.yaml"
        return read_acts(path, self.shown(path))

    @cached_property
    def calendar_text(self) -> CalendarText:
        """Return the calendar with its status and note."""
        path = self.root / "calendar.yaml"
        return read_calendar(path, self.shown(path))

    @property
    def calendar(self) -> Calendar:
        """Return the calendar to count working days with."""
        return self.calendar_text.calendar

    @cached_property
    def refusals(self) -> Mapping[str, Wording]:
        """Return the sentences of refusals by the key of the reason."""
        path = self.root / "refusals.yaml"
        return read_wordings(path, ("refusals",), self.shown(path)).refusals

    @cached_property
    def wordings(self) -> Wordings:
        """Return the sentences of conditions, effects and moments by name."""
        path = self.root / "conditions.yaml"
        sections = ("conditions", "effects", "moments", "arguments")
        return read_wordings(path, sections, self.shown(path))

    @property
    def conditions(self) -> Mapping[str, Wording]:
        """Return the sentences of conditions by the name of the guard."""
        return self.wordings.conditions

    def vocabulary(self, name: str) -> Vocabulary:
        """Return a vocabulary; FileNotFoundError if there is none."""
        if name not in self._vocabularies:
            path = self.root / "vocabularies" / f"{name}.yaml"
            self._vocabularies[name] = read_vocabulary(path, self.shown(path))
        return self._vocabularies[name]

    @cached_property
    def standards(self) -> Mapping[str, Standard]:
        """Return all quality standards of services by key."""
        files = sorted((self.root / "standards").glob("*.yaml"))
        return {path.stem: read_standard(path, self.shown(path)) for path in files}

    def standard(self, key: str) -> Standard:
        """Return a quality standard; KeyError if there is none."""
        return self.standards[key]

    def say_act(self, key: str, language: str) -> str:
        """Name an act for a reader; an act not in the register is named by its key."""
        return self.acts[key].say(language) if key in self.acts else key

    def say_reason(self, reason: Reason, language: str) -> str:
        """Return the reason as a sentence without its full stop; never fails for want of words."""
        wording = self.refusals.get(reason.key) or self.refusals.get("unexplained")
        if wording is None:
            return reason.key
        return fill(wording.say(language), {"key": reason.key, **reason.params}, language)

    def say_refusal(self, refusal: Refusal, language: str) -> str:
        """Return the refusal as a sentence with the article it rests on."""
        sentence = self.say_reason(refusal.reason, language)
        if refusal.cite is None:
            return f"{sentence}."
        return f"{sentence} ({refusal.cite.say(self, language)})."


def fill(sentence: str, params: Mapping[str, object], language: str) -> str:
    """Put params into the {places} of a sentence; only plain names are looked up."""
    return _PLACE.sub(lambda found: say_param(params.get(found[1], "…"), language), sentence)


def say_param(param: object, language: str) -> str:
    """Write one param for a reader: words, money, terms and lists of them."""
    if isinstance(param, tuple | list):
        return ", ".join(say_param(one, language) for one in param)
    if hasattr(param, "say"):
        return str(param.say(language))
    if hasattr(param, "title") and not isinstance(param, str):
        return say_param(param.title, language)
    return str(param)
