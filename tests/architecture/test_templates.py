"""Templates lean on the same or a lower room; start pages may be linked from anywhere."""

from __future__ import annotations

import re

from django.urls import URLPattern, get_resolver

from tests.architecture.tree import PACKAGE, may_use, room_of

USES = re.compile(r"{%\s*(include|extends)\s+[\"']([^\"']+)[\"']")
LINKS = re.compile(r"{%\s*url\s+[\"']([^\"']+)[\"']")
OPEN_TO_ALL = {"portal", "desk"}
# Every page has the sign-in link in its head.
HEAD = {("interface", "parties")}


def _templates():
    for path in sorted(PACKAGE.glob("*/templates/**/*.html")):
        yield path.relative_to(PACKAGE).parts[0], path


def _owners():
    owners = {}
    for room, path in _templates():
        owners[str(path.relative_to(PACKAGE / room / "templates"))] = room
    return owners


def _names(patterns, prefix=""):
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name:
                yield prefix + pattern.name, room_of(pattern.callback.__module__)
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from _names(pattern.url_patterns, inner)


def _is_allowed(room, target):
    return (
        target is None or target in OPEN_TO_ALL or (room, target) in HEAD or may_use(room, target)
    )


def test_includes_point_downwards():
    owners = _owners()
    wrong = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for room, path in _templates()
        for _, name in USES.findall(path.read_text(encoding="utf-8"))
        if not _is_allowed(room, owners.get(name))
    ]
    assert wrong == []


def test_links_point_downwards():
    owners = dict(_names(get_resolver().url_patterns))
    wrong = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for room, path in _templates()
        for name in LINKS.findall(path.read_text(encoding="utf-8"))
        if not _is_allowed(room, owners.get(name))
    ]
    assert wrong == []


def test_every_link_exists():
    known = {name for name, _ in _names(get_resolver().url_patterns)}
    wrong = [
        f"{path.relative_to(PACKAGE)}: {name}"
        for _, path in _templates()
        for name in LINKS.findall(path.read_text(encoding="utf-8"))
        if name not in known
    ]
    assert wrong == []


def test_texts_are_trimmed():
    wrong = [
        str(path.relative_to(PACKAGE))
        for _, path in _templates()
        for tag in re.findall(r"{%\s*blocktrans\w*([^%]*)%}", path.read_text(encoding="utf-8"))
        if "trimmed" not in tag
    ]
    assert wrong == []
