"""The organization as data: files in several formats, and a page that lists them."""

from __future__ import annotations

import html
import threading
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from string import Template

from flask import Blueprint, Response, request

from components.formats.catalogue import FILES, file_name
from components.formats.errors import FormatError
from components.formats.tables import COLUMNS, tables_in
from components.model.organization import Organization
from components.settings import Settings
from components.view_state import query_of
from components.web.assets import ICON, TOKENS, Assets
from components.web.cache import ByteBoundedCache
from components.web.editions import Editions
from components.web.languages import language_parameter, request_words, set_language_headers
from components.web.responses import error_response, etag_of, file_response
from components.words import Words

TABLES = tuple(f"{table}.csv" for table in COLUMNS)
SECTIONS: Mapping[str, Sequence[str]] = {
    "data-tables": ("datapackage.zip", "organization.xlsx", *TABLES, "datapackage.json"),
    "data-json": ("organization.json", "organization-nested.json"),
    "data-graphs": ("organization.graphml", "organization.gexf", "organization.cyjs"),
    "data-linked": ("organization.ttl", "organization.jsonld"),
}
"""The files below each heading of the list."""
DOCUMENT = Path(__file__).with_name("data_files.html")
CACHE_BYTES = 256_000_000
"""Size of the files that are kept in memory."""
RETRY_AFTER = 5
"""Seconds in which one of the files in progress may be finished."""


def data_files_blueprint(editions: Editions, settings: Settings, assets: Assets) -> Blueprint:
    """Return the routes of the list and the files; an error is one line of text.

    ``assets`` has the styles of the list. A file is written at the first request for it, and only a
    few files at a time.
    """
    blueprint = Blueprint("data", __name__)
    template = Template(DOCUMENT.read_text(encoding="utf-8"))
    cache = ByteBoundedCache[bytes](CACHE_BYTES, len)
    slots = threading.BoundedSemaphore(max(1, settings.threads // 4))
    address = settings.public_address

    @blueprint.get("/data/", strict_slashes=True)
    def index() -> Response:
        words = request_words()
        set_language_headers(words)
        page = _index_page(template, editions.current.organization, words, assets)
        response = Response(page, mimetype="text/html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    @blueprint.get("/data/<name>")
    def file(name: str) -> Response:
        if name not in FILES:
            message = f"The files here are {', '.join(FILES)}."
            return error_response(HTTPStatus.NOT_FOUND, message)
        edition, media_type = editions.current, FILES[name].media_type
        etag = etag_of(edition.name, address, name)
        if request.if_none_match.contains_weak(etag):
            return file_response(b"", media_type, etag, HTTPStatus.NOT_MODIFIED)
        if not slots.acquire(blocking=False):
            message = "Many files are being made; please ask again in some seconds."
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return error_response(status, message, retry_after=RETRY_AFTER)
        organization = edition.organization
        try:
            data = cache.get_or_compute(etag, lambda: FILES[name].write(organization, address))
        except FormatError as error:
            return error_response(HTTPStatus.NOT_FOUND, str(error))
        finally:
            slots.release()
        response = file_response(data, media_type, etag)
        saved_as = file_name(organization, name)
        response.headers["Content-Disposition"] = f'attachment; filename="{saved_as}"'
        return response

    return blueprint


def _index_page(
    template: Template, organization: Organization, words: Words, assets: Assets
) -> str:
    about, parameters = organization.about, language_parameter()
    empty = {f"{table}.csv" for table in COLUMNS.keys() - set(tables_in(organization))}
    sections = []
    for heading, names in SECTIONS.items():
        items = [_list_item(name, words) for name in names if name not in empty]
        sections.append(f"<h2>{html.escape(words(heading))}</h2>\n<ul>\n{''.join(items)}</ul>")
    origin = [
        about.source_title and words("source", source=about.source_title),
        about.date and words("as-of", date=words.date(about.date)),
        about.licence and words("licence", licence=about.licence),
    ]
    language = words.foreign(about.language)
    return template.substitute(
        language=words.language,
        styles=assets.address(TOKENS),
        icon=assets.address(ICON),
        direction=words.direction,
        query=html.escape(f"?{query_of(parameters)}" if parameters else ""),
        back=html.escape(words("data-back")),
        heading=html.escape(words("data-of", name=about.title)),
        title=html.escape(about.title),
        title_attributes=f' lang="{html.escape(language)}" dir="auto"' if language else "",
        intro=html.escape(words("data-intro")),
        sections="\n".join(sections),
        origin="<br>\n".join(html.escape(line) for line in origin if line),
    )


def _list_item(name: str, words: Words) -> str:
    table, _, ending = name.rpartition(".")
    key = f"data-{name.replace('.', '-')}"
    description = words("data-table", table=table) if ending == "csv" else words(key)
    return f'<li><a href="{name}">{name}</a> <span>{html.escape(description)}</span></li>\n'
