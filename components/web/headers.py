"""What stands on every answer: who may run what, who may frame it, how long it keeps."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from dash.exceptions import DependencyException
from flask import Flask, Response, abort, request

from components.web.embedding import EMBED

CATCH_ALL = "/<path:path>"
"""Dash's own rule for any other address."""
READING = ("GET", "HEAD")
FINGERPRINTED = ("/_dash-component-suites/", "/assets/")
A_YEAR = "public, max-age=31536000, immutable"


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


def refuse_unknown_addresses(server: Flask) -> None:
    """Answer with 404 what Dash would answer with its page, or with an error of its own."""

    @server.before_request
    def only_known() -> None:
        if request.url_rule is not None and request.url_rule.rule == CATCH_ALL:
            abort(_not_found())

    @server.errorhandler(DependencyException)
    def no_such_script(_error: DependencyException) -> Response:
        return _not_found()


def _not_found() -> Response:
    return Response("There is nothing at this address.\n", HTTPStatus.NOT_FOUND)


def set_headers(server: Flask, policy: str, embed_policy: str) -> None:
    """Make a server answer reading requests only, each answer with its policy.

    It is the given one but where an answer has its own.
    """

    @server.before_request
    def only_reading() -> None:
        if request.method not in READING:
            allowed = {"Allow": ", ".join(READING)}
            abort(Response("Only GET is answered.\n", HTTPStatus.METHOD_NOT_ALLOWED, allowed))

    @server.after_request
    def headers(response: Response) -> Response:
        usual = embed_policy if request.path == EMBED else policy
        response.headers.setdefault("Content-Security-Policy", usual)
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Referrer-Policy"] = "strict-origin-when-cross-origin"
        if never_changes() and response.status_code == HTTPStatus.OK:
            response.headers["Cache-Control"] = A_YEAR
        return response


def never_changes() -> bool:
    """Tell whether the address of a static file has its fingerprint or its date in it."""
    if not request.path.startswith(FINGERPRINTED):
        return False
    return "m" in request.args or ".v" in request.path
