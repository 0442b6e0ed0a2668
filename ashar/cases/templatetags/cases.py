"""The common parts of every case's page."""

from __future__ import annotations

from typing import Any

from django import template

from ashar.cases.core import CasePanel
from ashar.cases.queries import may_change_papers

register = template.Library()


@register.inclusion_tag("cases/_header.html", takes_context=True)
def case_header(context: dict[str, Any], panel: CasePanel) -> dict[str, Any]:
    """Show where the case stands in its chain, the ribbon of stages and whose figures it uses."""
    return {"panel": panel, "case": panel.case, "request": context.get("request")}


@register.inclusion_tag("cases/_moves.html", takes_context=True)
def case_moves(context: dict[str, Any], panel: CasePanel) -> dict[str, Any]:
    """Show what the reader may do now; what is closed says why, with the article."""
    return {"panel": panel, "case": panel.case, "request": context.get("request")}


@register.inclusion_tag("cases/_papers.html", takes_context=True)
def case_papers(context: dict[str, Any], panel: CasePanel) -> dict[str, Any]:
    """Show the papers of the case that the reader may open."""
    return {
        "panel": panel,
        "case": panel.case,
        "user": context.get("user"),
        "may_change": may_change_papers(panel.case, panel.roles),
    }


@register.inclusion_tag("cases/_history.html")
def case_history(panel: CasePanel) -> dict[str, Any]:
    """Show every decision made in the case, newest first."""
    return {"panel": panel}
