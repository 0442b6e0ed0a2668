"""Write docs/glossary.md from docs/glossary.yaml; `--check` only says whether it is up to date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs" / "glossary.yaml"
PAGE = ROOT / "docs" / "glossary.md"


def page(words: dict[str, Any]) -> str:
    """Return the glossary as a page with two tables."""
    return "\n".join(_lines(words)) + "\n"


def _lines(words: dict[str, Any]) -> Iterator[str]:
    yield "# Glossary"
    yield ""
    yield "Written by `python tools/glossary.py` from `docs/glossary.yaml`; change it there."
    yield "✓: the Kyrgyz term was read in a source. The others wait for a native editor."
    yield ""
    yield "## Records of the code"
    yield ""
    yield "| Name | English | Русский | Кыргызча |"
    yield "|---|---|---|---|"
    for name, said in words["models"].items():
        yield f"| `{name}` | {said['en']} | {said['ru']} | {said['ky']} |"
    yield ""
    yield "## Terms"
    yield ""
    yield "| English | Русский | Кыргызча |"
    yield "|---|---|---|"
    for term in words["terms"]:
        mark = " ✓" if term["attested"] else ""
        yield f"| {term['en']} | {term['ru']} | {term['ky']}{mark} |"


def main(arguments: list[str]) -> int:
    """Write the page, or say that it is out of date."""
    text = page(yaml.safe_load(SOURCE.read_text(encoding="utf-8")))
    if "--check" in arguments:
        is_same = PAGE.read_text(encoding="utf-8") == text
        print("glossary: up to date" if is_same else "Run python tools/glossary.py")
        return 0 if is_same else 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
