"""What every test may ask for: its own folder for files, and quiet, fast defaults."""

from __future__ import annotations

import os

import pytest

# A live server and the browser's own event loop share one thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """No test writes into the media folder of the machine."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "letters"
