"""Exports: pictures as files at an address, drawn once for all who ask for the same."""

from __future__ import annotations

import hashlib
import threading
from http import HTTPStatus

from flask import Blueprint, Response, request

from components.export.naming import code_points, file_name
from components.export.options import (
    Format,
    OptionError,
    Options,
    Subject,
    read_options,
)
from components.export.pictures import BusyError, Export, RenderError, export
from components.export.workers import Workers
from components.settings import Settings
from components.view_state import UnknownUnitError
from components.web.cache import ByteBoundedCache
from components.web.editions import Edition, Editions

TYPES = {
    Format.PNG: "image/png",
    Format.SVG: "image/svg+xml",
    Format.PDF: "application/pdf",
}
SVG_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""An SVG is shown by itself, with the font that it carries and nothing else."""
MISSING = "Remit-Missing-Characters"
RETRY_AFTER = "2"
"""Seconds in which some of the pictures that are drawn now are done."""


class Exports:
    """The pictures of every edition; for use from any thread."""

    def __init__(self, settings: Settings) -> None:
        self._workers = Workers()
        self._kept = ByteBoundedCache[Export](
            settings.export_megabytes * 1_000_000, lambda made: len(made.data)
        )
        self._places = threading.BoundedSemaphore(max(1, settings.threads * 3 // 4))

    def export(self, etag: str, subject: Subject, options: Options) -> Export:
        """Return a picture; its etag says what it shows.

        Raises:
            OptionError: it would have too many pixels.
            BusyError: others have to be drawn first.
            RenderError: it could not be drawn.
        """
        kept = self._kept.get(etag)
        if kept is not None:
            return kept
        if not self._places.acquire(blocking=False):
            raise BusyError("Many pictures are being drawn; please ask again in some seconds.")
        try:
            return self._kept.get_or_compute(
                etag, lambda: export(subject, options, self._workers.render)
            )
        finally:
            self._places.release()

    def close(self) -> None:
        """End the processes that draw."""
        self._workers.close()


def exports_blueprint(exports: Exports, editions: Editions) -> Blueprint:
    """Return the route of the pictures; what is wrong is answered with one line of text."""
    blueprint = Blueprint("exports", __name__)

    @blueprint.get("/export/<diagram>.<form>")
    def answer(diagram: str, form: str) -> Response:
        edition = editions.current
        try:
            options = read_options(edition.subject, diagram, form, request.args)
            etag = etag_of(edition, options)
            if request.if_none_match.contains_weak(etag):
                return _answer(options, etag, HTTPStatus.NOT_MODIFIED)
            return _picture(exports, edition.subject, options, etag)
        except OptionError as error:
            return _refusal(HTTPStatus.BAD_REQUEST, str(error))
        except UnknownUnitError as error:
            return _refusal(HTTPStatus.NOT_FOUND, str(error))
        except BusyError as error:
            refusal = _refusal(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
            refusal.headers["Retry-After"] = RETRY_AFTER
            return refusal
        except RenderError as error:
            return _refusal(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))

    return blueprint


def etag_of(edition: Edition, options: Options) -> str:
    """Return a name for what a picture shows, of this data, by this program."""
    content = f"{edition.name} {edition.subject.address} {options}"
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _picture(exports: Exports, subject: Subject, options: Options, etag: str) -> Response:
    made = exports.export(etag, subject, options)
    response = _answer(options, etag, HTTPStatus.OK, made.data)
    name = file_name(subject, options)
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    if made.missing:
        response.headers[MISSING] = code_points(made.missing)
    return response


def _answer(options: Options, etag: str, status: HTTPStatus, data: bytes = b"") -> Response:
    """Return an answer with what a reader's cache has to know, also when it has the picture."""
    response = Response(data, status, mimetype=TYPES[options.format])
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    if options.format is Format.SVG:
        response.headers["Content-Security-Policy"] = SVG_POLICY
    return response


def _refusal(status: HTTPStatus, sentence: str) -> Response:
    response = Response(f"{sentence}\n", status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
