"""Addresses of mandates and organisations; the door itself stands in another room."""

from __future__ import annotations

from django.urls import path

from ashar.parties.views import mandates, organisations

app_name = "parties"
urlpatterns = [
    path("mandates/", mandates.index, name="mandates"),
    path("mandates/new/", mandates.new, name="new_mandate"),
    path("mandates/<int:number>/", mandates.mandate, name="mandate"),
    path("mandates/<int:number>/confirm/", mandates.confirm, name="confirm_mandate"),
    path("mandates/<int:number>/end/", mandates.end, name="end_mandate"),
    path("organisations/", organisations.index, name="organisations"),
    path("organisations/new/", organisations.new, name="new_organisation"),
    path("organisations/<str:ref>/", organisations.edit, name="edit_organisation"),
]
