from __future__ import annotations

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from ashar.vault.core import keyfiles
from ashar.vault.queries.signing import signing_key


def test_a_key_is_made_once_and_read_by_its_owner_only(tmp_path):
    path = tmp_path / "keys" / "one"
    first = keyfiles.kept(path)
    assert keyfiles.kept(path) == first
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert [file.name for file in path.parent.iterdir()] == ["one"]


def test_processes_that_start_together_get_one_key(tmp_path):
    path = tmp_path / "keys" / "one"
    with ThreadPoolExecutor(16) as crowd:
        assert len(set(crowd.map(lambda _: keyfiles.kept(path), range(64)))) == 1


def test_the_environment_goes_before_the_file(tmp_path, monkeypatch, settings):
    settings.KEYS_DIR = tmp_path
    given = keyfiles.new_secret()
    (tmp_path / "given").write_text(keyfiles.encode(given))
    monkeypatch.setenv("ASHAR_JOURNAL_SIGNING_KEY_FILE", str(tmp_path / "given"))
    assert signing_key("journal").private_bytes_raw() == given
    assert not (tmp_path / "signing-journal").exists()


def test_a_signing_key_stays(tmp_path, settings):
    settings.KEYS_DIR = tmp_path
    first = signing_key("journal")
    signing_key("journal").public_key().verify(first.sign(b"line"), b"line")


def test_a_damaged_key_is_refused_without_being_repeated(tmp_path):
    path = tmp_path / "one"
    path.write_text("c2VjcmV0")
    with pytest.raises(keyfiles.BadKey) as refused:
        keyfiles.kept(path)
    assert "c2VjcmV0" not in str(refused.value)
