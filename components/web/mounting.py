"""Remit's routes as one blueprint, so that a server may have other routes beside them."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from flask import Blueprint, Response, request
from werkzeug.routing import BaseConverter, Rule

ALLOWED_METHODS = ("GET", "HEAD")
CALLBACK = "_dash-update-component"
"""The end of the address to which pages post the inputs of server callbacks."""
PREFLIGHT = {
    "Access-Control-Allow-Methods": ", ".join(ALLOWED_METHODS),
    "Access-Control-Allow-Headers": "Content-Type",
    "Access-Control-Max-Age": "86400",
}
"""The answer to a browser that asks whether it may send a GET with headers, as Dash does in a frame
without an origin of its own."""
CATCH_ALL = "/<path:path>"
"""The end of the rule by which Dash answers all other addresses with its page."""


class RemitBlueprint(Blueprint):
    """All routes below a prefix, those of Dash among them.

    What is registered here for each request, such as ``after_request``, acts on these routes only,
    and on everything else below the prefix, which is answered with 404 or 405.
    """

    def __init__(self, prefix: str, *, has_callbacks: bool, is_public: bool) -> None:
        # A server may have several, and Flask forbids dots.
        super().__init__(f"remit {prefix}".replace(".", "_"), __name__)
        self.prefix = prefix
        self.has_callbacks = has_callbacks
        self.is_public = is_public
        """Whether scripts of any site may read the answers."""
        self.before_request(self._reject_other_methods)
        self.nothing = f"{self.name}.nothing"
        self.endpoint(self.nothing)(_nothing)
        self.record(lambda setup: self._add_rule_for_nothing(setup.app))

    def add_url_rule(
        self,
        rule: str,
        endpoint: str | None = None,
        view_func: Callable[..., Any] | None = None,
        provide_automatic_options: bool | None = None,  # noqa: FBT001  # as Flask has it
        **options: Any,
    ) -> None:
        """Add a rule; Dash adds its own as if this were a server, with addresses as endpoints."""
        if not rule.endswith(CATCH_ALL):
            endpoint = endpoint and endpoint.replace(".", "_")
            # Relative addresses depend on the slash, whatever the server does elsewhere.
            options["strict_slashes"] = True
            super().add_url_rule(rule, endpoint, view_func, provide_automatic_options, **options)

    def _add_rule_for_nothing(self, server: Any) -> None:
        """Add a rule for every address and every method that no other rule matches."""
        server.url_map.converters["remit_rest"] = _Rest
        rule = f"{self.prefix}<remit_rest:rest>"
        server.url_map.add(Rule(rule, endpoint=self.nothing, merge_slashes=False))

    def _reject_other_methods(self) -> Response | None:
        is_callback = self.has_callbacks and request.path == f"{self.prefix}{CALLBACK}"
        if request.method in ALLOWED_METHODS or (is_callback and request.method == "POST"):
            return None
        is_preflight = request.headers.get("Access-Control-Request-Method") in ALLOWED_METHODS
        if self.is_public and request.method == "OPTIONS" and is_preflight:
            return Response(status=HTTPStatus.NO_CONTENT, headers=PREFLIGHT)
        allow = {"Allow": ", ".join(ALLOWED_METHODS)}
        return Response("Only GET is answered.\n", HTTPStatus.METHOD_NOT_ALLOWED, allow)


class _Rest(BaseConverter):
    """The rest of an address, also if it is empty, or has slashes and line breaks."""

    regex = "(?s:.*)"
    part_isolating = False


def _nothing(rest: str) -> Response:  # noqa: ARG001  # Flask passes it
    return not_found()


def not_found() -> Response:
    """Return the answer for an unknown address."""
    return Response("There is nothing at this address.\n", HTTPStatus.NOT_FOUND)
