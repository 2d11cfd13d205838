"""Remit behind proxies: below a path of a site, whether or not the proxy keeps the path."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from http import HTTPStatus
from typing import TYPE_CHECKING

from flask import Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from components.settings import Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

Address = Callable[[], str]
"""Returns the public address of the page, with a slash at its end; empty if it is unknown."""


def behind_proxies(application: WSGIApplication, settings: Settings) -> WSGIApplication:
    """Return an application that answers below the prefix of the settings, and without it.

    Where proxies are trusted, ``X-Forwarded-Prefix`` takes the place of the setting, and
    ``X-Forwarded-For``, ``-Proto`` and ``-Host`` say who asks for which address.
    """
    below = _BelowPrefix(application, settings.prefix)
    count = settings.proxies
    if not count:
        return below
    return ProxyFix(below, x_for=count, x_proto=count, x_host=count, x_prefix=count)


def public_address(settings: Settings, prefix: str) -> str:
    """Return the public address of the page on which a request arrives.

    Without ``address`` in the settings it is the one that trusted proxies tell. ``prefix`` is that
    of Remit on its server.
    """
    if settings.address or not settings.proxies:
        return settings.public_address
    return request.url_root + prefix.removeprefix("/")


class _BelowPrefix:
    """WSGI middleware that moves a prefix from the path of a request to its ``SCRIPT_NAME``.

    A proxy may have removed the prefix from the path, or left a slash before the rest of it.
    """

    def __init__(self, application: WSGIApplication, prefix: str) -> None:
        self.application = application
        self.prefix = prefix.rstrip("/")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        prefix = environ.get("SCRIPT_NAME", "").rstrip("/") or self.prefix
        path = "/" + environ.get("PATH_INFO", "").lstrip("/")
        if prefix and path == prefix:
            return redirect_to_slash(environ)(environ, start_response)
        if path.startswith(f"{prefix}/"):
            path = "/" + path.removeprefix(prefix).lstrip("/")
        environ |= {"SCRIPT_NAME": prefix, "PATH_INFO": path}
        return self.application(environ, start_response)


def redirect_to_slash(environ: WSGIEnvironment) -> Response:
    """Return a redirect from the address of a request to that with a slash at its end.

    It is relative, since a proxy may have changed the path.
    """
    query = environ.get("QUERY_STRING", "")
    target = f"{environ['PATH_INFO'].rpartition('/')[2]}/" + (f"?{query}" if query else "")
    return Response(status=HTTPStatus.PERMANENT_REDIRECT, headers={"Location": target})
