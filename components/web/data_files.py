"""The organization as data: files in several formats, and a page that lists them."""

from __future__ import annotations

import html
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from string import Template

from flask import Blueprint, Response, request

from components.formats.catalogue import FILES, file_name
from components.formats.errors import FormatError
from components.formats.tables import tables_in
from components.model.organization import Organization
from components.model.standard_columns import COLUMNS
from components.settings import Settings
from components.view_state import query_of
from components.web.assets import ICON, TOKENS, Assets
from components.web.cache import ByteBoundedCache
from components.web.editions import Editions
from components.web.languages import language_parameter, request_words, set_language_headers
from components.web.moments import moment_of, requested_edition, shown_edition
from components.web.proxies import Address, redirect_to_slash
from components.web.responses import error_response, etag_of, file_response
from components.words import Words
from components.words.captions import as_of

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
LARGE_ORGANIZATION = 50_000
"""Units; the files of a larger one, some hundred bytes a unit, are not kept in memory."""
CHUNK_CHARACTERS = 65_536
RETRY_AFTER = 5
"""Seconds in which one of the files in progress may be finished."""


def data_files_blueprint(
    editions: Editions, settings: Settings, assets: Assets, address: Address
) -> Blueprint:
    """Return the routes of the list and the files; an error is one line of text.

    ``assets`` has the styles of the list. The files name an address. A file is written at the first
    request for it. Those of a large organization that can be written in parts are sent while they
    are written, each time. Only a few files are written at a time.
    """
    blueprint = Blueprint("data", __name__)
    template = Template(DOCUMENT.read_text(encoding="utf-8"))
    cache = ByteBoundedCache[bytes](CACHE_BYTES, len)
    slots = threading.BoundedSemaphore(max(1, settings.threads // 3))

    @blueprint.get("/data")
    def without_slash() -> Response:
        return redirect_to_slash(request.environ)

    @blueprint.get("/data/", strict_slashes=True)
    def index() -> Response:
        edition = shown_edition(editions)
        words = request_words(edition.organization)
        set_language_headers(words)
        moment = moment_of(editions, edition)
        page = _index_page(template, edition.organization, moment, words, assets)
        response = Response(page, mimetype="text/html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    @blueprint.get("/data/<name>")
    def file(name: str) -> Response:
        if name not in FILES:
            message = f"The files here are {', '.join(FILES)}."
            return error_response(HTTPStatus.NOT_FOUND, message)
        edition, media_type = requested_edition(editions), FILES[name].media_type
        page = address()
        etag = etag_of(edition.name, page, name)
        if request.if_none_match.contains_weak(etag):
            return file_response(b"", media_type, etag, HTTPStatus.NOT_MODIFIED)
        if not slots.acquire(blocking=False):
            message = "Many files are being made; please ask again in some seconds."
            status = HTTPStatus.SERVICE_UNAVAILABLE
            return error_response(status, message, retry_after=RETRY_AFTER)
        organization = edition.organization
        parts = FILES[name].parts
        if parts is not None and len(organization) > LARGE_ORGANIZATION:
            response = file_response(_chunks(parts(organization)), media_type, etag)
            response.call_on_close(slots.release)
            return _as_download(response, file_name(organization, name))
        try:
            data = cache.get_or_compute(etag, lambda: FILES[name].write(organization, page))
        except FormatError as error:
            return error_response(HTTPStatus.NOT_FOUND, str(error))
        finally:
            slots.release()
        response = file_response(data, media_type, etag)
        return _as_download(response, file_name(organization, name))

    return blueprint


def _as_download(response: Response, name: str) -> Response:
    """Return a file that a browser saves under a name."""
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _chunks(parts: Iterable[str]) -> Iterator[bytes]:
    """Join small parts of a text to chunks."""
    chunk, size = [], 0
    for part in parts:
        chunk.append(part)
        size += len(part)
        if size >= CHUNK_CHARACTERS:
            yield "".join(chunk).encode()
            chunk, size = [], 0
    yield "".join(chunk).encode()


def _index_page(
    template: Template,
    organization: Organization,
    moment: Mapping[str, str],
    words: Words,
    assets: Assets,
) -> str:
    """Return the list; ``moment`` has the parameters that its links have."""
    about, query = organization.about, _query(moment)
    empty = {f"{table}.csv" for table in COLUMNS.keys() - set(tables_in(organization))}
    sections = []
    for heading, names in SECTIONS.items():
        items = [_list_item(name, query, words) for name in names if name not in empty]
        sections.append(f"<h2>{html.escape(words(heading))}</h2>\n<ul>\n{''.join(items)}</ul>")
    origin = [
        about.source_title and words("source", source=about.source_title),
        organization.as_of and as_of(organization, words),
        about.licence and words("licence", licence=about.licence),
    ]
    language = words.foreign(about.language)
    return template.substitute(
        language=words.language,
        styles=assets.address(TOKENS),
        icon=assets.address(ICON),
        direction=words.direction,
        query=html.escape(_query({**moment, **language_parameter()})),
        back=html.escape(words("data-back")),
        heading=html.escape(words("data-of", name=about.title)),
        title=html.escape(about.title),
        title_attributes=f' lang="{html.escape(language)}" dir="auto"' if language else "",
        intro=html.escape(words("data-intro")),
        sections="\n".join(sections),
        origin="<br>\n".join(html.escape(line) for line in origin if line),
    )


def _query(parameters: Mapping[str, str]) -> str:
    return f"?{query_of(parameters)}" if parameters else ""


def _list_item(name: str, query: str, words: Words) -> str:
    table, _, ending = name.rpartition(".")
    key = f"data-{name.replace('.', '-')}"
    description = words("data-table", table=table) if ending == "csv" else words(key)
    address, text = html.escape(f"{name}{query}"), html.escape(description)
    return f'<li><a href="{address}">{name}</a> <span>{text}</span></li>\n'
