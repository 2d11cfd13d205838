"""Exports: pictures at addresses; requests for the same picture share one drawing."""

from __future__ import annotations

import threading
from http import HTTPStatus

from flask import Blueprint, Response, request

from components.export.errors import BUSY, BusyError, RenderError
from components.export.naming import code_points, file_name
from components.export.options import Format, PictureOptions, Subject, read_options
from components.export.parameters import OptionError
from components.export.pictures import Export, export
from components.export.workers import Workers
from components.settings import Settings
from components.view_state import UnknownUnitError
from components.web.cache import ByteBoundedCache
from components.web.editions import Editions
from components.web.moments import requested_edition
from components.web.proxies import Address
from components.web.responses import error_response, etag_of, file_response

MEDIA_TYPES = {
    Format.PNG: "image/png",
    Format.SVG: "image/svg+xml",
    Format.PDF: "application/pdf",
}
SVG_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; font-src data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)
"""An SVG that is shown by itself loads nothing but the font inside it."""
MISSING = "Remit-Missing-Characters"
RETRY_AFTER = 2
"""Seconds in which some of the pictures in progress are finished."""


class Exports:
    """Draws the pictures of all editions, and caches them; safe to use from any thread."""

    def __init__(self, settings: Settings) -> None:
        self._workers = Workers()
        self._pictures = ByteBoundedCache[Export](
            settings.export_megabytes * 1_000_000, lambda picture: len(picture.data)
        )
        self._slots = threading.BoundedSemaphore(max(1, settings.threads * 3 // 4))

    def export(self, etag: str, subject: Subject, options: PictureOptions) -> Export:
        """Return a picture; pictures of the same ``etag`` are the same.

        Raises:
            OptionError: it would have too many pixels.
            BusyError: too many others are being drawn.
            RenderError: it could not be drawn.
        """
        cached = self._pictures.get(etag)
        if cached is not None:
            return cached
        if not self._slots.acquire(blocking=False):
            raise BusyError(BUSY)
        try:
            return self._pictures.get_or_compute(
                etag, lambda: export(subject, options, self._workers.render)
            )
        finally:
            self._slots.release()

    def close(self) -> None:
        """End the worker processes."""
        self._workers.close()


def exports_blueprint(exports: Exports, editions: Editions, address: Address) -> Blueprint:
    """Return the route of the pictures, which name an address; an error is one line of text."""
    blueprint = Blueprint("exports", __name__)

    @blueprint.get("/export/<diagram>.<form>")
    def picture(diagram: str, form: str) -> Response:
        edition = requested_edition(editions)
        subject = Subject(edition.index, address(), edition.moment)
        try:
            options = read_options(subject, diagram, form, request.args)
            etag = etag_of(edition.name, subject.address, options)
            return _picture_response(exports, subject, options, etag)
        except OptionError as error:
            return error_response(HTTPStatus.BAD_REQUEST, str(error))
        except UnknownUnitError as error:
            return error_response(HTTPStatus.NOT_FOUND, str(error))
        except BusyError as error:
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return error_response(status, str(error), retry_after=RETRY_AFTER)
        except RenderError as error:
            return error_response(HTTPStatus.INTERNAL_SERVER_ERROR, str(error))

    return blueprint


def _picture_response(
    exports: Exports, subject: Subject, options: PictureOptions, etag: str
) -> Response:
    media_type = MEDIA_TYPES[options.format]
    if request.if_none_match.contains_weak(etag):
        response = file_response(b"", media_type, etag, HTTPStatus.NOT_MODIFIED)
    else:
        picture = exports.export(etag, subject, options)
        response = file_response(picture.data, media_type, etag)
        name = file_name(subject, options)
        response.headers["Content-Disposition"] = f'inline; filename="{name}"'
        if picture.missing:
            response.headers[MISSING] = code_points(picture.missing)
    if options.format is Format.SVG:
        response.headers["Content-Security-Policy"] = SVG_POLICY
    return response
