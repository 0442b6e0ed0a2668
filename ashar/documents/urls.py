"""Addresses of documents and of verification."""

from __future__ import annotations

from django.urls import path

from ashar.documents import views

app_name = "documents"
urlpatterns = [
    path("documents/<str:ref>/", views.file, name="file"),
    path("verify/", views.ask_code, name="ask_code"),
    path("verify/<str:code>/", views.verify, name="verify"),
]

# Without a language: short enough for a QR code and for typing.
short_patterns = [path("v/<str:code>/", views.short_address, name="short_address")]
