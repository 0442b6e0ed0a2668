"""Pure rules of judging: sheets, hints of an interest, scores and winners that stand out."""

from __future__ import annotations

from ashar.reviews.core.anomalies import Outlier, Shared, Winner, outliers, repeated, shared
from ashar.reviews.core.hints import Hint, HintKind, Particulars, Side, family_root, hints
from ashar.reviews.core.marks import Marks

__all__ = [
    "Hint",
    "HintKind",
    "Marks",
    "Outlier",
    "Particulars",
    "Shared",
    "Side",
    "Winner",
    "family_root",
    "hints",
    "outliers",
    "repeated",
    "shared",
]
