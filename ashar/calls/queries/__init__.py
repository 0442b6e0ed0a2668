"""Reads of the calls room: calls, proposals, the work of the commission."""
