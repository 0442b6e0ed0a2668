"""Addresses of programmes."""

from __future__ import annotations

from django.urls import path

from ashar.programmes import views

app_name = "programmes"
urlpatterns = [
    path("", views.index, name="index"),
    path("begin/", views.begin, name="begin"),
    path("<str:ref>/", views.programme, name="programme"),
    path("<str:ref>/edit/", views.edit, name="edit"),
    path("<str:ref>/measures/add/", views.measure, name="add_measure"),
    path("<str:ref>/measures/<str:measure_ref>/", views.measure, name="measure"),
    path("<str:ref>/measures/<str:measure_ref>/remove/", views.remove, name="remove_measure"),
]
