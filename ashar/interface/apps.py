"""The room of forms, lists, charts and the look of every page."""

from __future__ import annotations

from django.apps import AppConfig


class InterfaceConfig(AppConfig):
    """How any page looks; knows nothing of the nouns of the other rooms."""

    name = "ashar.interface"
    label = "interface"
