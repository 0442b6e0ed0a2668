"""The reviews room."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Who judged what, by which criteria, with which interest declared."""

    name = "ashar.reviews"
    label = "reviews"
    default_auto_field = "django.db.models.BigAutoField"
