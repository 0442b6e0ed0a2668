"""What the environment may say."""

from __future__ import annotations

import pytest

from config.environment import env_list, env_secret, env_text, env_yes


def test_a_secret_is_made_once_and_kept_to_ourselves(tmp_path):
    kept = tmp_path / "key"
    first = env_secret("ASHAR_TRIED_KEY", kept)
    assert (first, kept.stat().st_mode & 0o777) == (env_secret("ASHAR_TRIED_KEY", kept), 0o600)
    assert len(first) > 50


def test_a_file_may_hold_the_text(tmp_path, monkeypatch):
    (tmp_path / "word").write_text("hidden\n")
    monkeypatch.setenv("ASHAR_TRIED_FILE", str(tmp_path / "word"))
    assert env_text("ASHAR_TRIED") == "hidden"


@pytest.mark.parametrize(
    ("word", "meant"), [("yes", True), ("1", True), ("no", False), ("", False)]
)
def test_yes_and_no(monkeypatch, word, meant):
    monkeypatch.setenv("ASHAR_TRIED", word)
    assert env_yes("ASHAR_TRIED", default=not meant) is meant


def test_a_word_that_is_neither_stops_the_start(monkeypatch):
    monkeypatch.setenv("ASHAR_TRIED", "maybe")
    with pytest.raises(ValueError, match="Write yes or no"):
        env_yes("ASHAR_TRIED", default=True)


def test_a_list(monkeypatch):
    monkeypatch.setenv("ASHAR_TRIED", "a.kg, b.kg,")
    assert env_list("ASHAR_TRIED") == ["a.kg", "b.kg"]
