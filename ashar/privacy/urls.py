"""Addresses of the policy, of one's own data and of requests about cards."""

from __future__ import annotations

from django.urls import path

from ashar.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.policy, name="policy"),
    path("my-data/", views.my_data, name="my_data"),
    path("my-data/copy.<slug:shape>", views.my_copy, name="my_copy"),
    path("requests/", views.requests, name="requests"),
    path("requests/<str:ref>/", views.decide, name="decide"),
    path("requests/<str:ref>/copy.<slug:shape>", views.copy, name="copy"),
    path("cards/<str:ref>/<slug:kind>/", views.ask, name="ask"),
]
