"""Addresses of seals."""

from __future__ import annotations

from django.urls import path

from ashar.seals import views

app_name = "seals"
urlpatterns = [
    path("my-key/", views.my_key, name="my_key"),
    path("my-key/keep/", views.keep_key, name="keep_key"),
    path("my-key/passphrase/", views.keep_passphrase, name="keep_passphrase"),
    path("help/", views.lost, name="help"),
]
