"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from ashar.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("messages/", views.messages, name="messages"),
    path("messages/read/", views.read, name="read"),
    path("journal/", views.journal, name="journal"),
    path("calendar.ics", views.feed, name="feed"),
]
