"""Addresses of contests."""

from __future__ import annotations

from django.urls import path

from ashar.calls.views import admission, calls, complaints, drafts, proposals, scoring

app_name = "calls"
urlpatterns = [
    path("", calls.index, name="index"),
    path("begin/", calls.begin, name="begin"),
    path("proposals/", proposals.mine, name="proposals"),
    path("proposals/<str:ref>/", proposals.proposal, name="proposal"),
    path("proposals/<str:ref>/edit/", drafts.edit, name="edit_proposal"),
    path("proposals/<str:ref>/draft/", drafts.autosave, name="autosave"),
    path("proposals/<str:ref>/receipts/<int:number>/", proposals.receipt, name="receipt"),
    path("proposals/<str:ref>/receipt-paper/", proposals.receipt_paper, name="receipt_paper"),
    path("proposals/<str:ref>/admission/", admission.check, name="check"),
    path("proposals/<str:ref>/interest/", scoring.interest, name="interest"),
    path("proposals/<str:ref>/sheet/", scoring.sheet, name="sheet"),
    path("proposals/<str:ref>/complain/", complaints.complain, name="complain"),
    path("complaints/<str:ref>/", complaints.complaint, name="complaint"),
    path("<str:ref>/", calls.call, name="call"),
    path("<str:ref>/edit/", calls.edit, name="edit"),
    path("<str:ref>/commission/", calls.commission, name="commission"),
    path("<str:ref>/ask/", calls.ask, name="ask"),
    path("<str:ref>/questions/<int:pk>/", calls.answer, name="answer"),
    path("<str:ref>/take-part/", proposals.take_part, name="take_part"),
    path("<str:ref>/proposals/", proposals.of_call, name="call_proposals"),
    path("<str:ref>/admission/", admission.index, name="admission"),
    path("<str:ref>/scoring/", scoring.next_sheet, name="scoring"),
    path("<str:ref>/board/", scoring.board, name="board"),
]
