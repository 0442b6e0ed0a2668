"""Write docs/asvs.md from docs/asvs.yaml; `--check` only says whether it is up to date."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "docs" / "asvs.yaml"
PAGE = ROOT / "docs" / "asvs.md"
CHAPTERS = {
    "1": "Encoding and sanitising", "2": "Validation and business logic",
    "3": "The browser", "4": "Services", "5": "Files", "6": "Signing in", "7": "Sessions",
    "8": "Who may what", "9": "Tokens", "10": "OAuth and OpenID Connect", "11": "Cryptography",
    "12": "Transport", "13": "Configuration", "14": "Protection of data", "15": "Code and parts",
    "16": "Logs and errors", "17": "Audio and video",
}  # fmt: skip
ANSWERS = ("test", "reason", "not applicable", "open")


def page(rows: list[dict[str, Any]]) -> str:
    """Return the summary and every answer as a page."""
    whole = Counter(row["answer"] for row in rows)
    told = ", ".join(f"{whole[answer]} {answer}" for answer in ANSWERS)
    lines = [
        "# OWASP ASVS 5.0.0, level 2",
        "",
        f"Of {len(rows)} requirements of levels 1 and 2: {told}.",
        "",
        "Written by `python tools/asvs.py` from `asvs.yaml`; change it there. The requirements are",
        "those of the OWASP Application Security Verification Standard 5.0.0",
        "(<https://github.com/OWASP/ASVS>, CC BY-SA 4.0); the answers are ours. A name with `::` is",
        "a test; any other is the file that holds the answer.",
        "",
        "## Open",
        "",
        *_table([row for row in rows if row["answer"] == "open"]),
    ]
    for number, title in CHAPTERS.items():
        own = [row for row in rows if row["id"].split(".")[0] == f"V{number}"]
        lines += ["", f"## V{number} {title}", "", *_table(own)]
    return "\n".join(lines) + "\n"


def _table(rows: list[dict[str, Any]]) -> list[str]:
    lines = ["| | Level | Answer | Where | In our words |", "|---|---|---|---|---|"]
    for row in rows:
        where = f"`{row['where']}`" if row.get("where") else "-"
        lines.append(f"| {row['id']} | {row['level']} | {row['answer']} | {where} | {row['why']} |")
    return lines


def main(arguments: list[str]) -> int:
    """Write the page, or say that it is out of date."""
    text = page(yaml.safe_load(SOURCE.read_text("utf-8")))
    if "--check" in arguments:
        if PAGE.read_text("utf-8") == text:
            return 0
        print("docs/asvs.md is out of date: run `python tools/asvs.py`")
        return 1
    PAGE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
