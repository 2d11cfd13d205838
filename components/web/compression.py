"""Compression of responses: cached text, and a file that never changes, is compressed once.

All can be had with gzip, which is fast. Files that never change are also compressed with brotli,
which makes them a sixth smaller and takes fifty times as long.
"""

from __future__ import annotations

import gzip
import hashlib
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast

import brotli
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
GZIP, BROTLI = "gzip", "br"
GZIP_FORMAT = 16 + zlib.MAX_WBITS
"""For zlib: with the header of gzip."""
BROTLI_DELAY = 3.0
"""Seconds from the first request for a file until it is compressed with brotli; then a first visit,
which needs the processor, is over."""


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
    elif _accepts(GZIP):
        response = file_response(text.data, media_type, text.etag)
        response.headers["Content-Encoding"] = GZIP
    else:
        response = file_response(gzip.decompress(text.data), media_type, text.etag)
    response.set_etag(text.etag, weak=True)  # one for the text in other bytes, too
    response.vary.add("Accept-Encoding")
    return response


class CompressedFiles:
    """Files that never change, each compressed once; safe to use from any thread.

    They are told apart by their content: addresses without end can lead to the same file.
    """

    def __init__(self) -> None:
        self._cache = ByteBoundedCache[bytes](CACHE_BYTES, len)
        self._awaited = set[str]()
        self._lock = threading.Lock()
        self._one_at_a_time = threading.Lock()

    def with_gzip(self, data: bytes) -> bytes:
        """Return a file compressed with gzip."""
        return self._cache.get_or_compute(
            (GZIP, _digest(data)), lambda: gzip.compress(data, BEST_LEVEL, mtime=0)
        )

    def with_brotli(self, data: bytes) -> bytes | None:
        """Return a file compressed with brotli; None if it is not yet, but soon will be."""
        digest = _digest(data)
        compressed = self._cache.get((BROTLI, digest))
        if compressed is None:
            with self._lock:
                is_new = digest not in self._awaited
                self._awaited.add(digest)
            if is_new:
                timer = threading.Timer(BROTLI_DELAY, self._compress, (digest, data))
                timer.daemon = True
                timer.start()
        return compressed

    def _compress(self, digest: str, data: bytes) -> None:
        with self._one_at_a_time:  # the others are for those who wait for answers
            self._cache.get_or_compute((BROTLI, digest), lambda: brotli.compress(data))
        with self._lock:
            self._awaited.remove(digest)


def compress_responses(blueprint: Blueprint) -> None:
    """Compress the text of a blueprint for clients that accept it (RFC 9110, 8.4)."""
    files = CompressedFiles()

    @blueprint.after_request
    def compress(response: Response) -> Response:
        if not _is_compressible(response):
            return response
        response.vary.add("Accept-Encoding")
        if request.method != "GET":
            return response
        is_file = never_changes(response)
        if is_file and _prefers_brotli():
            response.direct_passthrough = False
            compressed = files.with_brotli(response.get_data())
            if compressed is not None:
                response.set_data(compressed)
                return _marked(response, BROTLI)
        if not _accepts(GZIP):
            return response
        if response.is_streamed and not response.direct_passthrough:
            response.response = _compressed(cast("Iterable[bytes]", response.response))
            return _marked(response, GZIP)
        response.direct_passthrough = False
        data = response.get_data()
        response.set_data(
            files.with_gzip(data) if is_file else gzip.compress(data, FAST_LEVEL, mtime=0)
        )
        return _marked(response, GZIP)


def _is_compressible(response: Response) -> bool:
    """Return whether a response is text that is neither small nor compressed already."""
    if response.content_encoding or response.status_code != HTTPStatus.OK:
        return False
    size = size_of(response)
    return response.mimetype in COMPRESSED_TYPES and (size is None or size >= MIN_BYTES)


def _compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Compress chunks while they are sent."""
    compressor = zlib.compressobj(FAST_LEVEL, wbits=GZIP_FORMAT)
    for chunk in chunks:
        yield compressor.compress(chunk)
    yield compressor.flush()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _marked(response: Response, encoding: str) -> Response:
    """Mark a response as compressed."""
    response.headers["Content-Encoding"] = encoding
    etag, _ = response.get_etag()
    if etag is not None:
        response.set_etag(etag, weak=True)  # the same file in other bytes
    return response


def _accepts(encoding: str) -> bool:
    return bool(request.accept_encodings.quality(encoding))


def _prefers_brotli() -> bool:
    """Return whether a client accepts brotli, and likes gzip no better."""
    accepted = request.accept_encodings
    return _accepts(BROTLI) and accepted.quality(BROTLI) >= accepted.quality(GZIP)
