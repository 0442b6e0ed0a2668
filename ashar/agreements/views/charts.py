"""Charts that several pages of agreements show."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from ashar.indicators.queries import Result
from ashar.interface.charts import bar_chart
from ashar.interface.words import named


def results_chart(results: list[Result]) -> Any:
    """Draw how far each target was reached, in per cent; None when nothing is known yet."""
    rows = [(named(r.indicator, "title"), r.percent) for r in results if r.percent is not None]
    return bar_chart(_("Reached, per cent of the target"), rows, unit="%") if rows else None
