"""Profiles: figures that a kenesh, a donor or a training setting may set, read from text."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal, cast

from ashar.procedures.load import read_value
from ashar.procedures.model import Profile, ProfileFigure, Status
from ashar.procedures.reading import Node, read_documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

ProfileKind = Literal["local", "donor", "demonstration"]
# Which status the figures of each kind of profile may have.
_STATUSES: dict[str, tuple[Status, ...]] = {
    "local": ("local",),
    "donor": ("donor",),
    "demonstration": ("assumed",),
}
Parts = dict[str, dict[str, ProfileFigure]]


def read_profiles(path: Path, shown: str = "") -> list[Profile]:
    """Read the profiles of a file: one, or several with --- between them."""
    return [_profile(node) for node in read_documents(path, shown)]


def merged(profiles: Iterable[Profile]) -> dict[str, Profile]:
    """Join the parts of profiles of the same key; a part written twice raises ValueError."""
    found: dict[str, Profile] = {}
    for profile in profiles:
        known = found.get(profile.key)
        if known and set(known.parts) & set(profile.parts):
            message = f"{profile.path}: profile {profile.key} is already written in {known.path}"
            raise ValueError(message)
        parts = {**known.parts, **profile.parts} if known else profile.parts
        found[profile.key] = replace(profile, parts=parts)
    return found


def _profile(node: Node) -> Profile:
    found = node.fields(("profile", "kind", "title", "whose", "for"), ("territories", "set"))
    kind = cast("ProfileKind", found["kind"].one_of(tuple(_STATUSES)))
    territories = found["territories"].items() if "territories" in found else []
    return Profile(
        key=found["profile"].key(),
        kind=kind,
        title=found["title"].wording(),
        whose=found["whose"].wording(),
        territories=tuple(one.word() for one in territories),
        parts=_parts(found, kind),
        path=node.source.path,
        marks=node.source.marks,
    )


def _parts(found: Mapping[str, Node], kind: str) -> Parts:
    """Read `for: key` with `set:`, or `for:` as a map of procedures and their figures."""
    target = found["for"]
    if target.is_map:
        if "set" in found:
            remedy = "Write the figures under each procedure of for:, or one procedure and set:."
            raise found["set"].fail("for: already is a map of procedures", remedy)
        return {key: _figures(node, kind) for key, node in target.entries()}
    if "set" not in found:
        raise target.fail("no figures are set", "Add set: with the figures.")
    return {target.word(): _figures(found["set"], kind)}


def _figures(node: Node, kind: str) -> dict[str, ProfileFigure]:
    return {name: _figure(name, one, kind) for name, one in node.named()}


def _figure(name: str, node: Node, kind: str) -> ProfileFigure:
    found = node.fields(("value", "status", "cite"))
    status = cast("Status", found["status"].one_of(_STATUSES[kind]))
    cite = found["cite"].word()
    if cite == "none" and status != "assumed":
        remedy = "Name the resolution of the kenesh or the donor's rules; only assumed has none."
        raise found["cite"].fail("a figure somebody has set has an act", remedy)
    value = read_value(found["value"], None)
    return ProfileFigure(name, value, status, "" if cite == "none" else cite)
