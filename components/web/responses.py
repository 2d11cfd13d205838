"""Responses of several routes: files with an ETag, and errors of one line."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from http import HTTPStatus

from flask import Response


def etag_of(*parts: object) -> str:
    """Return an ETag that changes with any of the parts."""
    return hashlib.sha256(" ".join(map(str, parts)).encode()).hexdigest()[:32]


def file_response(
    data: bytes | Iterable[bytes], media_type: str, etag: str, status: HTTPStatus = HTTPStatus.OK
) -> Response:
    """Return a file that a browser may keep, but asks for again by its ETag before each use.

    It is whole, or in chunks that are sent while they are made.
    """
    response = Response(data, status, mimetype=media_type)
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    return response


def error_response(status: HTTPStatus, message: str, *, retry_after: int = 0) -> Response:
    """Return an error as one line of text; ``retry_after`` is in seconds, 0 leaves it out."""
    response = Response(f"{message}\n", status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def size_of(response: Response) -> int | None:
    """Return the bytes of the content of a response; None if they are not known before it is sent.

    ``calculate_content_length`` would collect streamed content in memory.
    """
    if response.is_streamed:
        return response.content_length
    return response.calculate_content_length()
