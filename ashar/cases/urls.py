"""Addresses of the spine."""

from __future__ import annotations

from django.urls import path

from ashar.cases import views

app_name = "cases"
urlpatterns = [
    path("<str:ref>/", views.case, name="case"),
    path("<str:ref>/papers/add/", views.add_paper, name="add_paper"),
    path(
        "<str:ref>/papers/<str:document_ref>/remove/",
        views.remove_paper,
        name="remove_paper",
    ),
    path("<str:ref>/moves/<str:name>/", views.move, name="move"),
]
