"""Only a case has a stage; nothing has a status or a state."""

from __future__ import annotations

from django.apps import apps

from tests.architecture.tree import room_of


def _fields():
    for model in apps.get_models():
        if room_of(model.__module__):
            for field in model._meta.fields:
                yield model, field


def test_no_field_is_called_status_or_state():
    named = [f"{model.__name__}.{field.name}" for model, field in _fields()]
    assert [name for name in named if name.rsplit(".", 1)[1] in {"status", "state"}] == []


def test_only_a_case_has_a_stage():
    having = {model.__name__ for model, field in _fields() if field.name == "stage"}
    assert having <= {"Case"}
