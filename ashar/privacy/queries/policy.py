"""Loading the policy, and what has passed its term."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import yaml
from django.apps import apps
from django.conf import settings
from django.db.models import DateTimeField, QuerySet
from django.utils import timezone

from ashar.privacy.core.policy import AtEnd, DataClass, read

PERSONAL = {"personal", "restricted"}


def policy(path: Path | None = None) -> tuple[DataClass, ...]:
    """Return the policy of law/retention.yaml."""
    file = path or Path(settings.LAW_DIR) / "retention.yaml"
    return read(yaml.safe_load(file.read_text(encoding="utf-8")))


def models_with_people() -> dict[str, list[str]]:
    """Return the models with personal or restricted fields, by docs/data-protection.yaml."""
    file = Path(settings.BASE_DIR) / "docs" / "data-protection.yaml"
    register: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))["models"]
    return {
        model: found
        for model, fields in register.items()
        if (found := [name for name, kind in fields.items() if kind in PERSONAL])
    }


def past_term(line: DataClass, today: date) -> list[tuple[str, QuerySet[Any]]]:
    """Return the records of a line whose term has passed; none by an unknown term."""
    if line.term is None or not line.is_known or line.at_end == AtEnd.KEEP:
        return []
    day = line.term.before(today)
    moment = timezone.make_aware(datetime.combine(day, time.min))
    names = line.models[:1] if line.at_end == AtEnd.FORGET else line.models
    found = []
    for name in names:
        model = apps.get_model(name)
        field = model._meta.get_field(line.counted_from)  # noqa: SLF001 - Django's documented name
        limit = moment if isinstance(field, DateTimeField) else day
        rows = model._default_manager.filter(**{f"{line.counted_from}__lt": limit})  # noqa: SLF001 - as above
        found.append((name, rows))
    return found
