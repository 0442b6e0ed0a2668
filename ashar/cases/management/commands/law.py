"""`ashar law`: check the law files, print a procedure, release an edition."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from ashar.cases.checks import papers_nobody_makes
from ashar.cases.models import Case
from ashar.cases.queries import law
from ashar.procedures.check import library_problems
from ashar.procedures.explain import as_text
from ashar.procedures.library import NoSuchProcedure
from ashar.procedures.lock import lock_add, lock_check
from ashar.procedures.reading import BadFile
from ashar.procedures.registry import registry


class Command(BaseCommand):
    """The law as text, at the console."""

    help = "check: every fault of the law files; explain KEY: print a procedure; release KEY."
    requires_system_checks = ()  # the faults are told here, one on a line, for lawyers

    def add_arguments(self, parser: ArgumentParser) -> None:
        """KEY is a procedure, or procedure@edition."""
        parser.add_argument("what", choices=("check", "explain", "release", "unknown"))
        parser.add_argument("key", nargs="?", default="")
        parser.add_argument("--language", choices=("ky", "ru", "en"), default="ru")

    def handle(self, *, what: str, key: str, language: str, **_options: Any) -> None:
        """Do what was asked; an edition of faulty law files is not released."""
        if what in {"check", "release"}:
            self._check()
        if what == "check":
            return
        try:
            self._tell(what, key, language)
        except BadFile as bad:
            raise CommandError(str(bad)) from bad

    def _tell(self, what: str, key: str, language: str) -> None:
        """Print what is unknown, or a procedure; or release its edition."""
        if what == "unknown":
            self._unknown(language)
        elif what == "explain":
            self.stdout.write(as_text(self._procedure(key), law(), language))
        else:
            procedure = self._procedure(key)
            lock_add(law().root, law().root.parent / procedure.path)
            self.stdout.write(f"{procedure.ref} is released: its file must not change any more.")

    def _procedure(self, key: str) -> Any:
        name, _at, edition = key.partition("@")
        try:
            return law().procedure(name, edition or None)
        except NoSuchProcedure as missing:
            known = ", ".join(law().keys())
            message = f"{missing}. Known procedures: {known}."
            raise CommandError(message) from missing

    def _check(self) -> None:
        """Print every fault with its file, line and remedy; fail when there is one."""
        found = library_problems(law(), registry)
        for problem in found:
            self.stdout.write(str(problem))
        sentences = [
            *lock_check(law().root),
            *papers_nobody_makes(),
            *self._changed_under_cases(),
        ]
        for sentence in sentences:
            self.stdout.write(sentence)
        if found or sentences:
            message = f"{len(found) + len(sentences)} faults in the law files."
            raise CommandError(message)
        self.stdout.write(f"The law files are sound: {len(law().paths())} editions.")

    def _changed_under_cases(self) -> list[str]:
        """Return a sentence for each edition that changed although cases run under it."""
        try:
            kept = list(Case.objects.values_list("procedure", "edition", "sha256").distinct())
        except Exception:  # noqa: BLE001 - no database yet: there are no cases to look at
            return []
        return [
            f"{procedure}@{edition}: cases of this installation began under another text of it."
            for procedure, edition, sha256 in kept
            if law().procedure(procedure, edition).sha256 != sha256
        ]

    def _unknown(self, language: str) -> None:
        """Print every figure that nobody has read yet."""
        for path in law().paths():
            procedure = law().load(path)
            for number in procedure.unknown_numbers:
                cite = number.cite.say(law(), language) if number.cite else ""
                self.stdout.write(
                    f"{procedure.ref} {number.name}: {number.title.say(language)} ({cite})"
                )
