"""The headers of every response, and the requests that are rejected.

Only GET and HEAD are answered, and only at known addresses.
"""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from dash.exceptions import DependencyException
from flask import Flask, Response, abort, request

from components.web.embedding import EMBED

CATCH_ALL = "/<path:path>"
"""The rule by which Dash answers any other address with its page."""
ALLOWED_METHODS = ("GET", "HEAD")
FINGERPRINTED = ("/_dash-component-suites/", "/assets/")
CACHE_FOREVER = "public, max-age=31536000, immutable"


def content_security_policy(script_hashes: Sequence[str], frame_ancestors: str) -> str:
    """Return the policy under which Dash, Plotly and Cytoscape work without a violation.

    Plotly writes a style element, hence ``style-src-elem``; pictures are exported as blobs; the
    page frames its own embed as a preview.
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
        "form-action": "'none'",
        "object-src": "'none'",
        "frame-src": "'self'",
        "frame-ancestors": frame_ancestors,
    }
    return "; ".join(f"{name} {value}" for name, value in directives.items())


def reject_unknown_addresses(server: Flask) -> None:
    """Answer 404 where Dash would answer with its page or an internal error."""

    @server.before_request
    def reject_catch_all() -> None:
        if request.url_rule is not None and request.url_rule.rule == CATCH_ALL:
            abort(_not_found())

    @server.errorhandler(DependencyException)
    def unknown_script(_error: DependencyException) -> Response:
        return _not_found()


def _not_found() -> Response:
    return Response("There is nothing at this address.\n", HTTPStatus.NOT_FOUND)


def set_headers(server: Flask, policy: str, embed_policy: str) -> None:
    """Make a server reject all methods but GET and HEAD, and set the headers of each response.

    A response that has a content security policy of its own keeps it.
    """

    @server.before_request
    def reject_other_methods() -> None:
        if request.method not in ALLOWED_METHODS:
            allow = {"Allow": ", ".join(ALLOWED_METHODS)}
            abort(Response("Only GET is answered.\n", HTTPStatus.METHOD_NOT_ALLOWED, allow))

    @server.after_request
    def headers(response: Response) -> Response:
        default = embed_policy if request.path == EMBED else policy
        response.headers.setdefault("Content-Security-Policy", default)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        if never_changes() and response.status_code == HTTPStatus.OK:
            response.headers["Cache-Control"] = CACHE_FOREVER
        return response


def never_changes() -> bool:
    """Return whether the address of a static file has its fingerprint or its date in it."""
    if not request.path.startswith(FINGERPRINTED):
        return False
    return "m" in request.args or ".v" in request.path
