"""Compression of responses: cached text, and a file that never changes, is compressed once."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, request

from components.web.cache import ByteBoundedCache
from components.web.headers import never_changes
from components.web.responses import etag_of, file_response, size_of

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
FAST_LEVEL, GOOD_LEVEL, BEST_LEVEL = 4, 6, 9
"""Levels of gzip for a response that is compressed at each request, for text that is made when it
is first asked for and then kept, and for files that never change."""
GZIP = "gzip"
GZIP_FORMAT = 16 + zlib.MAX_WBITS
"""For zlib: with the header of gzip."""


@dataclass(frozen=True, slots=True)
class CompressedText:
    """A text that is cached compressed, and its ETag."""

    data: bytes
    """UTF-8, compressed with gzip."""
    etag: str

    def __len__(self) -> int:
        """Return the number of bytes."""
        return len(self.data)


def compressed_text(text: str) -> CompressedText:
    """Return a text as it is cached."""
    return CompressedText(gzip.compress(text.encode(), GOOD_LEVEL, mtime=0), etag_of(text))


def compressed_text_response(text: CompressedText, media_type: str) -> Response:
    """Return a compressed text, or decompress it for a client that does not accept gzip.

    If the client has it already, return 304 without the text.
    """
    if request.if_none_match.contains_weak(text.etag):
        response = file_response(b"", media_type, text.etag, HTTPStatus.NOT_MODIFIED)
    elif _accepts_gzip():
        response = file_response(text.data, media_type, text.etag)
        response.headers["Content-Encoding"] = GZIP
    else:
        response = file_response(gzip.decompress(text.data), media_type, text.etag)
    response.set_etag(text.etag, weak=True)  # one for the text in other bytes, too
    response.vary.add("Accept-Encoding")
    return response


def compress_responses(blueprint: Blueprint) -> None:
    """Compress the text of a blueprint with gzip for clients that accept it (RFC 9110, 8.4)."""
    cache = ByteBoundedCache[bytes](CACHE_BYTES, len)

    @blueprint.after_request
    def compress(response: Response) -> Response:
        if response.content_encoding == GZIP:
            return response
        if response.mimetype not in COMPRESSED_TYPES or response.status_code != HTTPStatus.OK:
            return response
        size = size_of(response)
        if size is not None and size < MIN_BYTES:
            return response
        response.vary.add("Accept-Encoding")
        if request.method != "GET" or not _accepts_gzip():
            return response
        if response.is_streamed and not response.direct_passthrough:
            response.response = _compressed(cast("Iterable[bytes]", response.response))
            return _marked(response)
        response.direct_passthrough = False
        data = response.get_data()
        if never_changes(response):
            compressed = cache.get_or_compute(
                request.full_path, lambda: gzip.compress(data, BEST_LEVEL, mtime=0)
            )
        else:
            compressed = gzip.compress(data, FAST_LEVEL, mtime=0)
        response.set_data(compressed)
        return _marked(response)


def _compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Compress chunks while they are sent."""
    compressor = zlib.compressobj(FAST_LEVEL, wbits=GZIP_FORMAT)
    for chunk in chunks:
        yield compressor.compress(chunk)
    yield compressor.flush()


def _marked(response: Response) -> Response:
    """Mark a response as compressed."""
    response.headers["Content-Encoding"] = GZIP
    etag, _ = response.get_etag()
    if etag is not None:
        response.set_etag(etag, weak=True)  # the same file in other bytes
    return response


def _accepts_gzip() -> bool:
    return bool(request.accept_encodings.quality(GZIP))
