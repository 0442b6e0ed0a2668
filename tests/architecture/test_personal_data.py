"""Every field says whose data it is; docs/data-protection.yaml is the list."""

from __future__ import annotations

import yaml
from django.apps import apps

from tests.architecture.tree import ROOT, room_of

REGISTER = ROOT / "docs" / "data-protection.yaml"


def _fields():
    for model in apps.get_models(include_auto_created=True):
        if room_of(model.__module__):
            name = f"{room_of(model.__module__)}.{model.__name__}"
            yield name, [field.name for field in model._meta.fields]


def test_every_field_is_classified():
    register = yaml.safe_load(REGISTER.read_text(encoding="utf-8"))
    known = register["classes"]
    lines = []
    for model, fields in sorted(_fields()):
        given = register["models"].get(model, {})
        missing = [name for name in fields if given.get(name) not in known]
        lines += [f"  {model}:"] * bool(missing) + [f"    {name}: ?" for name in missing]
    assert lines == [], "Paste into docs/data-protection.yaml:\n" + "\n".join(lines)


def test_nothing_is_classified_that_is_gone():
    register = yaml.safe_load(REGISTER.read_text(encoding="utf-8"))
    present = dict(_fields())
    gone = [
        f"{model}.{name}"
        for model, fields in register["models"].items()
        for name in fields
        if name not in present.get(model, [])
    ]
    assert gone == []
