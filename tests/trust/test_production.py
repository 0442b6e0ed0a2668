"""P43: a real installation starts without a warning, and its cookies stay at home."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ELSEWHERE = Path("/dev/shm")  # noqa: S108 - another disk than that of the test, nothing is kept


def in_production(folder, *words, **environment):
    """Run Python as a municipality's server would, with everything named."""
    keys = folder / "other" / "keys"
    keys.mkdir(parents=True, mode=0o700, exist_ok=True)
    return subprocess.run(
        [sys.executable, *words],
        cwd=settings.BASE_DIR,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith(("ASHAR_", "DJANGO_"))},
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "ASHAR_VAR": str(folder / "var"),
            "ASHAR_KEYS": str(keys),
            "ASHAR_HTTPS": "yes",
            "ASHAR_DEMONSTRATION": "no",
            "ASHAR_HOSTS": "ashar.example.kg",
            "ASHAR_ADDRESS": "https://ashar.example.kg",
            "ASHAR_MAIL_HOST": "127.0.0.1",
            "ASHAR_MAIL_USER": "ashar",
            "ASHAR_MAIL_PASSWORD": "an example",
            "ASHAR_BACKUP_RECIPIENT": "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
            "ASHAR_BACKUP_SECOND_FOLDER": str(ELSEWHERE),
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_p43_nothing_is_left_to_warn_of(tmp_path):
    (tmp_path / "var").mkdir()
    checked = in_production(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")
    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout + checked.stderr


@pytest.mark.slow
def test_p43_notices_a_forgotten_setting(tmp_path):
    (tmp_path / "var").mkdir()
    checked = in_production(
        tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING", ASHAR_HTTPS="no"
    )
    assert checked.returncode != 0
    assert "security.W" in checked.stderr


@pytest.mark.slow
def test_p43_cookies_are_for_https_and_this_host_alone(tmp_path):
    (tmp_path / "var").mkdir()
    told = in_production(
        tmp_path,
        "-c",
        "import json\nfrom django.conf import settings as s\n"
        "print(json.dumps([[s.SESSION_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_PATH],"
        "[s.CSRF_COOKIE_NAME, s.CSRF_COOKIE_SECURE, s.CSRF_COOKIE_PATH],"
        "[s.LANGUAGE_COOKIE_NAME, s.LANGUAGE_COOKIE_SECURE, s.LANGUAGE_COOKIE_PATH],"
        "[s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS, s.SESSION_COOKIE_HTTPONLY]]))",
    )
    *cookies, (seconds, subdomains, closed_to_scripts) = json.loads(told.stdout)
    for name, is_secure, path in cookies:
        assert name.startswith("__Host-")
        assert (is_secure, path) == (True, "/")
    assert seconds >= 365 * 24 * 60 * 60
    assert (subdomains, closed_to_scripts) == (True, True)
