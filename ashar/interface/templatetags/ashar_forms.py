"""Every form carries a mark of its own, so that sending it twice does nothing twice."""

from __future__ import annotations

import secrets
from typing import Any

from django.template import Library
from django.template.base import Parser, Token
from django.template.defaulttags import CsrfTokenNode
from django.utils.html import format_html

MARK = "form_mark"
_BYTES = 12

register = Library()


class MarkedFormNode(CsrfTokenNode):
    """Django's token against foreign pages, and beside it the mark of this one form."""

    def render(self, context: Any) -> Any:
        """Return both hidden fields; a page without a token gets no mark either."""
        token = super().render(context)
        if not token:
            return token
        mark = secrets.token_urlsafe(_BYTES)
        return format_html('{}<input type="hidden" name="{}" value="{}">', token, MARK, mark)


@register.tag
def csrf_token(_parser: Parser, _token: Token) -> MarkedFormNode:
    """Stand in for Django's tag of the same name on every page."""
    return MarkedFormNode()
