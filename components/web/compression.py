"""Answers made smaller on their way to a browser; a file that never changes is packed once."""

from __future__ import annotations

import gzip
from http import HTTPStatus

from flask import Flask, Response, request

from components.web.cache import ByteBoundedCache
from components.web.headers import never_changes

TYPES = frozenset(
    {
        "text/html",
        "text/css",
        "text/csv",
        "text/javascript",
        "text/turtle",
        "application/gexf+xml",
        "application/graphml+xml",
        "application/javascript",
        "application/json",
        "application/ld+json",
    }
)
LEAST = 1_000
"""Bytes: what is smaller gains nothing."""
KEPT = 32_000_000
"""Bytes of packed files that are kept in memory."""
QUICK, SMALL = 4, 9
"""Levels of gzip: for what is packed at each request, and once."""


def compress_answers(server: Flask) -> None:
    """Make a server send text as gzip to whoever takes it (RFC 9110, 8.4)."""
    packed = ByteBoundedCache[bytes](KEPT, len)

    @server.after_request
    def compress(response: Response) -> Response:
        if response.mimetype not in TYPES or response.status_code != HTTPStatus.OK:
            return response
        response.vary.add("Accept-Encoding")
        if request.method != "GET" or not request.accept_encodings.quality("gzip"):
            return response
        response.direct_passthrough = False
        data = response.get_data()
        if len(data) < LEAST:
            return response
        if never_changes():
            address = request.full_path
            smaller = packed.get_or_compute(address, lambda: gzip.compress(data, SMALL, mtime=0))
        else:
            smaller = gzip.compress(data, QUICK, mtime=0)
        response.set_data(smaller)
        response.headers["Content-Encoding"] = "gzip"
        etag, _ = response.get_etag()
        if etag is not None:
            response.set_etag(etag, weak=True)  # the same file, in other bytes
        return response
