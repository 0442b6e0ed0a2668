"""Addresses of contests."""

from __future__ import annotations

from django.urls import path

from ashar.calls.views import (
    admission,
    calls,
    complaints,
    drafts,
    envelopes,
    offline,
    opening,
    proposals,
    published,
    scoring,
    sealed,
    weaker,
    weaker_papers,
)

app_name = "calls"
urlpatterns = [
    path("", calls.index, name="index"),
    path("begin/", calls.begin, name="begin"),
    path("proposals/", proposals.mine, name="proposals"),
    path("proposals/<str:ref>/", proposals.proposal, name="proposal"),
    path("proposals/<str:ref>/edit/", drafts.edit, name="edit_proposal"),
    path("proposals/<str:ref>/draft/", drafts.autosave, name="autosave"),
    # Sealed in the browser: only what is locked arrives at these.
    path("proposals/<str:ref>/sealed-draft/", sealed.keep_draft, name="sealed_draft"),
    path("proposals/<str:ref>/sealed-papers/", sealed.add_paper, name="sealed_papers"),
    path(
        "proposals/<str:ref>/sealed-papers/remove/",
        sealed.remove_paper,
        name="remove_sealed_paper",
    ),
    path("proposals/<str:ref>/envelope/", sealed.hand_in_envelope, name="hand_in_envelope"),
    # The weaker way: this site seals on arrival.
    path("proposals/<str:ref>/write/", weaker.write, name="write_weaker"),
    path("proposals/<str:ref>/code/", weaker.code, name="code"),
    path("proposals/<str:ref>/papers/", weaker_papers.add, name="weaker_paper"),
    path("proposals/<str:ref>/papers/remove/", weaker_papers.remove, name="remove_weaker_paper"),
    path("proposals/<str:ref>/hand-in/", envelopes.hand_in_page, name="hand_in"),
    path("proposals/<str:ref>/upload/", offline.upload, name="upload_envelope"),
    path(
        "proposals/<str:ref>/receipts/<int:number>/envelope/",
        envelopes.envelope_file,
        name="envelope",
    ),
    path(
        "proposals/<str:ref>/receipts/<int:number>/check/",
        envelopes.check_receipt,
        name="check_receipt",
    ),
    path("proposals/<str:ref>/receipts/<int:number>/", proposals.receipt, name="receipt"),
    path("proposals/<str:ref>/receipt-paper/", proposals.receipt_paper, name="receipt_paper"),
    path("proposals/<str:ref>/open/", opening.open_own, name="open_own"),
    path("proposals/<str:ref>/admission/", admission.check, name="check"),
    path("proposals/<str:ref>/interest/", scoring.interest, name="interest"),
    path("proposals/<str:ref>/sheet/", scoring.sheet, name="sheet"),
    path("proposals/<str:ref>/complain/", complaints.complain, name="complain"),
    path("complaints/<str:ref>/", complaints.complaint, name="complaint"),
    path("<str:ref>/", calls.call, name="call"),
    path("<str:ref>/edit/", calls.edit, name="edit"),
    path("<str:ref>/commission/", calls.commission, name="commission"),
    path("<str:ref>/commission/confirm/", calls.confirm_commission, name="confirm_commission"),
    path("<str:ref>/ask/", calls.ask, name="ask"),
    path("<str:ref>/questions/<int:pk>/", calls.answer, name="answer"),
    path("<str:ref>/offline/", offline.file, name="offline"),
    path("<str:ref>/take-part/", proposals.take_part, name="take_part"),
    path("<str:ref>/proposals/", proposals.of_call, name="call_proposals"),
    path("<str:ref>/opening/", opening.opening, name="opening"),
    path("<str:ref>/opening/share/", opening.give_share, name="give_share"),
    path("<str:ref>/admission/", admission.index, name="admission"),
    path("<str:ref>/scoring/", scoring.next_sheet, name="scoring"),
    path("<str:ref>/board/", scoring.board, name="board"),
    path("<str:ref>/scores.json", published.scores, name="scores"),
]
