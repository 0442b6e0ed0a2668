"""Asking the servers named in the settings to cosign what was published."""

from __future__ import annotations

import logging

from django.conf import settings

from ashar.journal.actions.cosigning import NotCosigned, ask_witness
from ashar.journal.models import Checkpoint

logger = logging.getLogger(__name__)


def ask_witnesses() -> int:
    """Ask every witness that has not cosigned the newest checkpoint; return how many did."""
    last = Checkpoint.objects.order_by("-size").first()
    if last is None or last.cosignatures.count() >= len(settings.ASHAR_WITNESSES):
        return 0
    cosigned = 0
    for address in settings.ASHAR_WITNESSES:
        try:
            ask_witness(address)
        except (OSError, NotCosigned) as refused:
            logger.warning("The witness %s did not cosign: %s", address, refused)
        else:
            cosigned += 1
    return cosigned
