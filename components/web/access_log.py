"""The log of requests, and a line for each answer that is an error of the server."""

from __future__ import annotations

import logging
import sys
from datetime import datetime
from http import HTTPStatus
from urllib.parse import quote

from flask import Blueprint, Response, request

from components.web.responses import size_of

ACCESS_LOG = "remit.access"
"""Name of the logger of requests; without a handler of its own it writes to standard output."""
UNQUOTED = "/%?&=~!$'()*+,;:@"

_access_log = logging.getLogger(ACCESS_LOG)
_log = logging.getLogger("remit")


def log_requests(blueprint: Blueprint, *, has_access_log: bool) -> None:
    """Log each request to a blueprint in the common log format, if that is wanted.

    What was refused (503) or failed is logged in any case, with the reason that the reader gets.
    """
    if has_access_log:
        _prepare_access_log()

    @blueprint.after_request
    def log(response: Response) -> Response:
        if has_access_log:
            _access_log.info(common_log_line(response, datetime.now().astimezone()))
        if response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
            reason = response.get_data(as_text=True).strip()
            _log.warning(
                "%d for %s %s from %s: %s",
                response.status_code,
                request.method,
                _address(),
                request.remote_addr,
                reason,
            )
        return response


def _prepare_access_log() -> None:
    _access_log.setLevel(logging.INFO)
    if not _access_log.hasHandlers():
        handler = logging.StreamHandler(sys.stdout)
        handler.setFormatter(logging.Formatter("%(message)s"))
        _access_log.addHandler(handler)


def common_log_line(response: Response, when: datetime) -> str:
    """Return a line about the present request, as web servers write it.

    The size is that of the content, ``-`` if it is not known yet since the content is streamed.
    """
    size = size_of(response)
    protocol = request.environ.get("SERVER_PROTOCOL", "HTTP/1.1")
    return (
        f"{request.remote_addr} - - [{when:%d/%b/%Y:%H:%M:%S %z}] "
        f'"{request.method} {_address()} {protocol}" '
        f"{response.status_code} {'-' if size is None else size}"
    )


def _address() -> str:
    """Return the address as it was requested; no character of it can begin another line."""
    path, query = request.script_root + request.path, request.query_string.decode("latin-1")
    return quote(path, UNQUOTED) + (f"?{quote(query, UNQUOTED)}" if query else "")
