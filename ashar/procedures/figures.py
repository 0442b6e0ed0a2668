"""For guards: take a figure's value, or the reason that nobody knows it."""

from __future__ import annotations

from typing import TypeVar

from ashar.procedures.model import Number
from ashar.procedures.reasons import Reason

Known = TypeVar("Known")


def known(figure: object, kind: type[Known]) -> Known | Reason:
    """Return the value of a figure of this kind (Fraction, Duration, Som, int).

    An unknown figure gives the reason "figure_unknown", for the guard to return; a figure of
    another kind is a fault of the law file and raises TypeError.
    """
    if not isinstance(figure, Number):
        message = f"this condition needs a figure, not {figure!r}"
        raise TypeError(message)
    if figure.value is None:
        return Reason("figure_unknown", figure=figure.title)
    if not isinstance(figure.value, kind):
        message = f"figure {figure.name} must be a {kind.__name__}, not {figure.value!r}"
        raise TypeError(message)
    return figure.value
