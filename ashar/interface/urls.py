"""The address of the page that shows every part of the design; only while developing."""

from __future__ import annotations

from django.urls import path

from ashar.interface import views

app_name = "interface"
urlpatterns = [path("", views.style, name="style")]
