"""Reports of errors to a place the administrator names: where it failed, nothing of whom."""

from __future__ import annotations

from typing import Any

from django.conf import settings

# What a report may hold; everything else is dropped, also what a later version may add.
PLAIN = ("event_id", "timestamp", "level", "platform", "release", "environment", "logger")
FRAME = ("filename", "function", "lineno", "module", "in_app")


def start(**options: Any) -> bool:
    """Begin reporting if an address is named; say whether it began."""
    if not settings.SENTRY_DSN:
        return False
    import sentry_sdk  # noqa: PLC0415 - an optional library that costs memory
    from sentry_sdk.integrations.django import DjangoIntegration  # noqa: PLC0415
    from sentry_sdk.integrations.logging import LoggingIntegration  # noqa: PLC0415

    from ashar.server.versions import versions  # noqa: PLC0415

    sentry_sdk.init(
        dsn=settings.SENTRY_DSN,
        release=versions()["Ashar"],
        environment="demonstration" if settings.ASHAR_DEMONSTRATION else "work",
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        traces_sample_rate=0,
        auto_session_tracking=False,
        server_name="ashar",
        default_integrations=False,
        integrations=[DjangoIntegration(), LoggingIntegration(level=None)],
        before_send=scrubbed,
        **options,
    )
    return True


def scrubbed(event: Any, _hint: Any = None) -> Any:
    """Return a report made anew from what may be said: places in the code and kinds of errors."""
    kept: dict[str, Any] = {key: event[key] for key in PLAIN if key in event}
    values = (event.get("exception") or {}).get("values") or []
    kept["exception"] = {"values": [_error(one) for one in values]}
    if request_id := (event.get("tags") or {}).get("request_id"):
        kept["tags"] = {"request_id": request_id}
    return kept


def _error(one: dict[str, Any]) -> dict[str, Any]:
    frames = ((one.get("stacktrace") or {}).get("frames")) or []
    return {
        "type": one.get("type"),
        "module": one.get("module"),
        "value": "text withheld",
        "stacktrace": {
            "frames": [{key: frame[key] for key in FRAME if key in frame} for frame in frames]
        },
    }
