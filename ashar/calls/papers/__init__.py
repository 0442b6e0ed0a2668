"""Official papers of a contest, in Kyrgyz and Russian."""

from __future__ import annotations

from ashar.calls.papers.notice import call_notice
from ashar.calls.papers.protocol import commission_protocol
from ashar.calls.papers.receipt import submission_receipt

PAPERS = {
    "call_notice": call_notice,
    "commission_protocol": commission_protocol,
    "submission_receipt": submission_receipt,
}

__all__ = ["PAPERS", "call_notice", "commission_protocol", "submission_receipt"]
