"""What every test may ask for: its own folder for files, and a browser where there is one."""

from __future__ import annotations

import os

import pytest
from django.test import TransactionTestCase, override_settings
from django.utils.translation import override
from hypothesis import settings as hypothesis_settings

from tests.chromium import chromium
from tests.emptying import unguarded

# Speed is judged by the bench, never by a test.
hypothesis_settings.register_profile("ashar", deadline=None)
hypothesis_settings.load_profile("ashar")

# A live server and the browser's own event loop share one thread.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def pytest_collection_modifyitems(items):
    """Browser tests say why they did not run."""
    if chromium():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason="no Chromium on this machine"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    """The Chromium of the machine; root (in CI) has no sandbox."""
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": chromium(), "args": arguments}


@pytest.fixture(autouse=True)
def _own_files(settings, tmp_path):
    """No test writes into the folders of the machine."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EMAIL_FILE_PATH = tmp_path / "letters"


@pytest.fixture(autouse=True, scope="session")
def _own_keys(tmp_path_factory):
    """The tests make their own keys; those of the machine are never touched."""
    with override_settings(KEYS_DIR=tmp_path_factory.mktemp("keys")):
        yield


@pytest.fixture(autouse=True)
def _every_page_fresh(settings):
    """A test looks at what it wrote just now."""
    settings.ASHAR_CROWD_SECONDS = 0


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    """The real hasher is slow on purpose; here it would only cost time."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _in_kyrgyz():
    """Each test begins in the first language, whatever the one before it read."""
    with override("ky"):
        yield


@pytest.fixture(autouse=True, scope="session")
def _emptied_though_append_only():
    """Tests with a server leave an empty database, although decisions may only be added."""
    empty = TransactionTestCase._fixture_teardown

    def unguarded_empty(test):
        with unguarded():
            empty(test)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", unguarded_empty)
        yield
