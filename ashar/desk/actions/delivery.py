"""The agreement of the demonstration: results, money, a visit and the evaluation."""

from __future__ import annotations

from ashar.calls.models import Call
from ashar.desk.actions.demonstration import Demonstration


class Delivery:
    """What happens after the award."""

    def __init__(self, show: Demonstration, call: Call) -> None:
        self.show = show
        self.call = call

    def sign(self) -> None:
        """Write the agreement, offer and sign it."""

    def report_and_pay(self) -> None:
        """Report, be sent back once, be accepted, be paid."""

    def monitor(self) -> None:
        """Visit, find a shortcoming, see it mended."""

    def evaluate(self) -> None:
        """Ask before and after, compare, decide to continue."""
