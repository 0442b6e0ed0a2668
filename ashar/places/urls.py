"""Addresses of places; the page of one place belongs to the public pages."""

from __future__ import annotations

from django.urls import path

from ashar.places import views

app_name = "places"

urlpatterns = [
    path("", views.place_list, name="list"),
    path("find/", views.place_suggestions, name="find"),
]
