"""Compression of responses; a file that never changes is compressed once, and better."""

from __future__ import annotations

import gzip
from http import HTTPStatus

from flask import Blueprint, Response, request

from components.web.cache import ByteBoundedCache
from components.web.headers import never_changes

COMPRESSED_TYPES = frozenset(
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
MIN_BYTES = 1_000
"""Smaller responses are not compressed."""
CACHE_BYTES = 32_000_000
"""Size of the compressed files that are kept in memory."""
FAST_LEVEL, BEST_LEVEL = 4, 9
"""Levels of gzip for a response that is compressed at each request, and for a cached one."""


def compress_responses(blueprint: Blueprint) -> None:
    """Compress the text of a blueprint with gzip for clients that accept it (RFC 9110, 8.4)."""
    cache = ByteBoundedCache[bytes](CACHE_BYTES, len)

    @blueprint.after_request
    def compress(response: Response) -> Response:
        if response.mimetype not in COMPRESSED_TYPES or response.status_code != HTTPStatus.OK:
            return response
        response.vary.add("Accept-Encoding")
        if request.method != "GET" or not request.accept_encodings.quality("gzip"):
            return response
        response.direct_passthrough = False
        data = response.get_data()
        if len(data) < MIN_BYTES:
            return response
        if never_changes(response):
            compressed = cache.get_or_compute(
                request.full_path, lambda: gzip.compress(data, BEST_LEVEL, mtime=0)
            )
        else:
            compressed = gzip.compress(data, FAST_LEVEL, mtime=0)
        response.set_data(compressed)
        response.headers["Content-Encoding"] = "gzip"
        etag, _ = response.get_etag()
        if etag is not None:
            response.set_etag(etag, weak=True)  # the same file in other bytes
        return response
