"""The headers of every response."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from http import HTTPStatus

from flask import Blueprint, Response, request

CACHE_FOREVER = "public, max-age=31536000, immutable"


def content_security_policy(script_hashes: Sequence[str], frame_ancestors: str = "") -> str:
    """Return the policy under which Dash, Plotly and Cytoscape work without a violation.

    Plotly writes a style element, hence ``style-src-elem``; pictures are exported as blobs; without
    scripts a form chooses the day; the page frames its own embed as a preview. A policy that stands
    in the page itself cannot say who may frame it, so it has no ``frame_ancestors``.
    """
    directives = {
        "default-src": "'none'",
        "script-src": " ".join(["'self'", *script_hashes]),
        "style-src-elem": "'self' 'unsafe-inline'",
        "style-src-attr": "'none'",
        "img-src": "'self' blob: data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "object-src": "'none'",
        "frame-src": "'self'",
        "frame-ancestors": frame_ancestors,
    }
    if not frame_ancestors:
        del directives["frame-ancestors"]
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def set_headers(blueprint: Blueprint, policy: Callable[[], str], *, is_public: bool) -> None:
    """Set the headers of each response of a blueprint.

    A response that has a content security policy of its own keeps it. If the blueprint is public,
    scripts of any site may read its responses, though without the reader's cookies: in a sandboxed
    frame the page itself is another site.
    """

    @blueprint.after_request
    def headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", policy())
        response.headers["X-Content-Type-Options"] = "nosniff"
        if is_public:
            response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        if never_changes(response) and response.status_code == HTTPStatus.OK:
            response.headers["Cache-Control"] = CACHE_FOREVER
        return response


def never_changes(response: Response) -> bool:
    """Return whether the address of a static file has its digest or its fingerprint in it."""
    arguments = request.view_args or {}
    is_current = "digest" in arguments and bool(response.cache_control.immutable)
    return is_current or ".v" in arguments.get("fingerprinted_path", "")
