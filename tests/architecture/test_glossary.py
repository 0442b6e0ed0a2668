"""One word for one thing: every kind of record stands in the glossary, in three languages."""

from __future__ import annotations

import yaml
from django.apps import apps

from tests.architecture.tree import room_of
from tools import glossary

WORDS = yaml.safe_load(glossary.SOURCE.read_text(encoding="utf-8"))


def test_every_model_is_named():
    models = {model.__name__ for model in apps.get_models() if room_of(model.__module__)}
    assert set(WORDS["models"]) == models


def test_every_word_is_there_in_three_languages():
    silent = [
        entry
        for entry in (*WORDS["terms"], *WORDS["models"].values())
        if not all(entry[tongue].strip() for tongue in ("en", "ru", "ky"))
    ]
    assert silent == []


def test_terms_are_named_once():
    names = [entry["en"] for entry in WORDS["terms"]]
    assert len(names) == len(set(names))


def test_the_page_is_written_from_the_words():
    assert glossary.PAGE.read_text(encoding="utf-8") == glossary.page(WORDS)
