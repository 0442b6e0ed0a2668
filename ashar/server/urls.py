"""Addresses of the server room."""

from __future__ import annotations

from django.urls import path

from ashar.server import views

app_name = "server"
urlpatterns = [path("", views.page, name="health")]

# Without a language: programs ask them.
watchers = [
    path("health/live", views.live, name="health-live"),
    path("health/ready", views.ready, name="health-ready"),
    path("metrics", views.metrics, name="metrics"),
]
