"""Exports: pictures as files at an address, drawn once for all who ask for the same."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from http import HTTPStatus

from flask import Blueprint, Response, request

from components.export.naming import code_points, file_name
from components.export.options import (
    Format,
    OptionError,
    Options,
    Subject,
    UnknownUnitError,
    read_options,
)
from components.export.pictures import Export, RenderError, export
from components.export.workers import Workers
from components.model.organization import Organization
from components.settings import Settings

TYPES = {
    Format.PNG: "image/png",
    Format.SVG: "image/svg+xml",
    Format.PDF: "application/pdf",
}
SVG_POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src data:"
"""An SVG is shown by itself, with the font that it carries and nothing else."""
MISSING = "Remit-Missing-Characters"
RETRY_AFTER = "2"
"""Seconds in which some of the pictures that are drawn now are done."""


class Exports:
    """The pictures of one organization; for use from any thread."""

    def __init__(self, organization: Organization, edition: str, settings: Settings) -> None:
        self.subject = Subject(
            organization, settings.levels, settings.most_units, settings.public_address
        )
        self._edition = edition
        self._workers = Workers()
        self._kept = Kept(settings.export_megabytes * 1_000_000)
        self._places = threading.BoundedSemaphore(max(1, settings.threads * 3 // 4))

    def etag(self, options: Options) -> str:
        """Return a name for what a picture shows, of this data, by this program."""
        content = f"{self._edition} {self.subject.address} {options}"
        return hashlib.sha256(content.encode()).hexdigest()[:32]

    def export(self, etag: str, options: Options) -> Export:
        """Return a picture.

        Raises:
            OptionError: it would have too many pixels.
            RenderError: it could not be drawn, or others have to be drawn first.
        """
        kept = self._kept.get(etag)
        if kept is not None:
            return kept
        if not self._places.acquire(blocking=False):
            raise RenderError("Many pictures are being drawn; please ask again in some seconds.")
        try:
            return self._kept.get_or_make(
                etag, lambda: export(self.subject, options, self._workers.render)
            )
        finally:
            self._places.release()

    def close(self) -> None:
        """End the processes that draw."""
        self._workers.close()


class Kept:
    """What was made last, as much of it as fits in so many bytes; each is made once at a time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._size = 0
        self._made: OrderedDict[str, Export] = OrderedDict()
        self._being_made: dict[str, Future[Export]] = {}
        self._lock = threading.Lock()

    def get(self, key: str) -> Export | None:
        """Return what is kept under a key."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
            return self._made.get(key)

    def get_or_make(self, key: str, make: Callable[[], Export]) -> Export:
        """Return what is kept, or else what is made, by this thread or by one that is at it."""
        ours: Future[Export] = Future()
        with self._lock:
            if key in self._made:
                return self._made[key]
            made = self._being_made.setdefault(key, ours)
        if made is ours:
            try:
                ours.set_result(make())
            except BaseException as error:
                ours.set_exception(error)
                raise
            finally:
                self._end(key, ours)
        return made.result()

    def _end(self, key: str, made: Future[Export]) -> None:
        """Keep what was made, if it was, and drop what was asked for longest ago."""
        with self._lock:
            del self._being_made[key]
            if made.exception():
                return
            self._made[key] = made.result()
            self._size += len(made.result().data)
            while self._size > self._most:
                _, dropped = self._made.popitem(last=False)
                self._size -= len(dropped.data)


def exports_blueprint(exports: Exports) -> Blueprint:
    """Return the route of the pictures; what is wrong is answered with one line of text."""
    blueprint = Blueprint("exports", __name__)

    @blueprint.get("/export/<diagram>.<form>")
    def answer(diagram: str, form: str) -> Response:
        try:
            options = read_options(exports.subject, diagram, form, request.args)
            etag = exports.etag(options)
            if etag in request.if_none_match:
                return _answer(options, etag, HTTPStatus.NOT_MODIFIED)
            return _picture(exports, options, etag)
        except OptionError as error:
            return _refusal(HTTPStatus.BAD_REQUEST, str(error))
        except UnknownUnitError as error:
            return _refusal(HTTPStatus.NOT_FOUND, str(error))
        except RenderError as error:
            refusal = _refusal(HTTPStatus.SERVICE_UNAVAILABLE, str(error))
            refusal.headers["Retry-After"] = RETRY_AFTER
            return refusal

    return blueprint


def _picture(exports: Exports, options: Options, etag: str) -> Response:
    made = exports.export(etag, options)
    response = _answer(options, etag, HTTPStatus.OK, made.data)
    name = file_name(exports.subject, options)
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
