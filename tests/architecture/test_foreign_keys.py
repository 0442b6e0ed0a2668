"""A relation points downwards in the chain; import-linter does not see names in strings."""

from __future__ import annotations

from django.apps import apps

from tests.architecture.tree import may_use, room_of


def test_relations_point_downwards():
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        room = room_of(model.__module__)
        if room is None:
            continue
        for field in (*model._meta.fields, *model._meta.many_to_many):
            target = room_of(field.related_model.__module__) if field.is_relation else None
            if target and not may_use(room, target):
                wrong.append(f"{model.__name__}.{field.name} -> {target}")
    assert wrong == []
