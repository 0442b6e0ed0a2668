"""Where this machine keeps a Chromium; said aloud when there is none."""

from __future__ import annotations

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The path of a Chromium, from CHROMIUM or the usual names."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


if __name__ == "__main__":
    if not chromium():
        print("== The browser tests were left out: no Chromium (apt install chromium)")  # noqa: T201
        sys.exit(1)
