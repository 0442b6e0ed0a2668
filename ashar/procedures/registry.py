"""Names that law files may use, and the functions behind them; each app adds its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, TypeVar

from ashar.procedures.reasons import Reason

if TYPE_CHECKING:
    from datetime import datetime

Entry = TypeVar("Entry")
Facts = Mapping[str, object]
# What the shell always puts among the facts, whatever a guard needs.
STANDING_FACTS = frozenset({"answers", "documents", "figures", "now", "person", "today"})
# Cases are the shell's own objects, of which the engine knows nothing.
GuardFunction = Callable[[Facts, Any], Reason | None]
FactFunction = Callable[[Any], object]
EffectFunction = Callable[[Any, Any, Any], object]
# Of an organisation: does it meet a rule of eligibility? None is "nobody can tell".
CheckFunction = Callable[[Any], "bool | None"]
MomentFunction = Callable[[Any], "datetime | None"]


class NameTaken(ValueError):
    """Two apps gave different functions the same name."""


@dataclass(frozen=True)
class Guard:
    """A condition: a pure function, and the facts it needs to be gathered beforehand."""

    function: GuardFunction
    needs: tuple[str, ...] = ()


@dataclass(frozen=True)
class Takes:
    """What must stand after the name of a condition or consequence.

    `what` is a kind of figure, "figure" for any, "papers" for a list of documents, "paper",
    "actor" or "question". `called` is the only figure meant, where pages read it by its name.
    """

    what: str
    called: str = ""


@dataclass
class Registry:
    """What the law files of this site may refer to by name."""

    _guards: dict[str, Guard] = field(default_factory=dict)
    _facts: dict[str, FactFunction] = field(default_factory=dict)
    _effects: dict[str, EffectFunction] = field(default_factory=dict)
    _moments: dict[str, MomentFunction] = field(default_factory=dict)
    _checks: dict[str, CheckFunction] = field(default_factory=dict)
    _takes: dict[str, Takes] = field(default_factory=dict)

    def add(
        self,
        *,
        guards: Mapping[str, Guard] | None = None,
        facts: Mapping[str, FactFunction] | None = None,
        effects: Mapping[str, EffectFunction] | None = None,
        moments: Mapping[str, MomentFunction] | None = None,
        checks: Mapping[str, CheckFunction] | None = None,
        takes: Mapping[str, Takes] | None = None,
    ) -> None:
        """Add an app's names; the same name for another function is refused."""
        _merge(self._guards, guards or {})
        _merge(self._facts, facts or {})
        _merge(self._effects, effects or {})
        _merge(self._moments, moments or {})
        _merge(self._checks, checks or {})
        _merge(self._takes, takes or {})

    @property
    def guards(self) -> Mapping[str, Guard]:
        """Return the conditions by name."""
        return MappingProxyType(self._guards)

    @property
    def facts(self) -> Mapping[str, FactFunction]:
        """Return the reads that feed conditions, by name."""
        return MappingProxyType(self._facts)

    @property
    def effects(self) -> Mapping[str, EffectFunction]:
        """Return the writes a move may order, by name."""
        return MappingProxyType(self._effects)

    @property
    def moments(self) -> Mapping[str, MomentFunction]:
        """Return the announced moments a clock may wait for, by name."""
        return MappingProxyType(self._moments)

    @property
    def checks(self) -> Mapping[str, CheckFunction]:
        """Return the automatic checks of eligibility, by name."""
        return MappingProxyType(self._checks)

    @property
    def takes(self) -> Mapping[str, Takes]:
        """Return what must stand after a condition or consequence, by its name."""
        return MappingProxyType(self._takes)


def _merge(known: dict[str, Entry], added: Mapping[str, Entry]) -> None:
    for name, entry in added.items():
        if known.setdefault(name, entry) != entry:
            raise NameTaken(name)


registry = Registry()
