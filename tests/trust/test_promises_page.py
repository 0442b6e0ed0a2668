"""docs/promises.md names all 43 promises, and only tests that are there."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from tests.trust.test_asvs import names_in

PAGE = settings.BASE_DIR / "docs" / "promises.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def faults(text):
    """Return what is missing on the page, or named there and gone."""
    missing = [f"P{n}" for n in range(1, 44) if f"\n| P{n} | " not in text]
    gone = [f"{file}::{name}" for file, name in NAMED.findall(text) if name not in names_in(file)]
    return missing + gone


def test_every_promise_is_told_and_every_test_is_there():
    assert faults(PAGE.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [("\n| P19 | ", "\n| P 19 | "), ("::test_p19_a_stranger", "::test_p19_a_strangest")],
)
def test_the_page_notices_what_is_gone(old, new):
    assert faults(PAGE.read_text("utf-8").replace(old, new)) != []
