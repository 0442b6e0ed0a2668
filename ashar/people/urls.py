"""Addresses of protected cards; a reference says nothing about the person."""

from __future__ import annotations

from django.urls import path

from ashar.people.views import cards, opening, readers

app_name = "people"
urlpatterns = [
    path("", cards.index, name="index"),
    path("new/", cards.new_card, name="new_card"),
    path("readings/", readers.readings, name="readings"),
    path("clearances/", readers.clearances, name="clearances"),
    path("clearances/<int:number>/end/", readers.end_clearance, name="end_clearance"),
    path("<str:ref>/", opening.card, name="card"),
    path("<str:ref>/correct/", cards.correct, name="correct"),
    path("<str:ref>/consents/new/", opening.new_consent, name="new_consent"),
    path(
        "<str:ref>/consents/<int:number>/withdraw/",
        opening.withdraw_consent,
        name="withdraw_consent",
    ),
    path("<str:ref>/particulars/<slug:kind>/", opening.particulars, name="particulars"),
]
