"""Addresses of the journal that anybody may open."""

from __future__ import annotations

from django.urls import path

from ashar.journal import views

app_name = "journal"
urlpatterns = [
    path("", views.journal, name="journal"),
    path("checkpoint.txt", views.checkpoint_text, name="checkpoint"),
    path("checkpoint/<int:size>.txt", views.checkpoint_text, name="checkpoint-of"),
    path("key.txt", views.key_text, name="key"),
    path("verifier.py", views.verifier, name="verifier"),
    path("entries/<int:number>/proof.json", views.proof, name="proof"),
    path("witness/", views.witness, name="witness"),
]
