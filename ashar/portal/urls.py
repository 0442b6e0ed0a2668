"""Addresses for everybody."""

from __future__ import annotations

from django.urls import path, re_path

from ashar.portal import views

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("search/", views.search, name="search"),
    re_path(r"^places/(?P<code>\d{14})/$", views.place, name="place"),
    re_path(r"^places/(?P<code>\d{14})/chain\.json$", views.place_chain, name="place_chain"),
    path("law/", views.procedures, name="procedures"),
    path("law/<slug:key>/<slug:edition>/", views.procedure, name="procedure"),
]
