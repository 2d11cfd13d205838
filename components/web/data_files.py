"""The organization as data: a list of the files that there are, and each of them."""

from __future__ import annotations

import hashlib
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
from components.web.cache import ByteBoundedCache
from components.web.editions import Editions
from components.web.languages import asked_words, kept_language, tell_language
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
KEPT = 256_000_000
"""Bytes of the files made last that are kept in memory."""
RETRY_AFTER = "5"
"""Seconds in which one of the files that are made now may be done."""


def data_files_blueprint(editions: Editions, settings: Settings) -> Blueprint:
    """Return the routes of the data; what is wrong is answered with one line of text.

    A file is made when somebody first asks for it, a few of them at a time.
    """
    blueprint = Blueprint("data", __name__)
    template = Template(DOCUMENT.read_text(encoding="utf-8"))
    kept = ByteBoundedCache[bytes](KEPT, len)
    places = threading.BoundedSemaphore(max(1, settings.threads // 4))
    address = settings.public_address

    @blueprint.get("/data/")
    def index() -> Response:
        words = asked_words()
        tell_language(words)
        told = _index(template, editions.current.organization, words)
        response = Response(told, mimetype="text/html")
        response.headers["Cache-Control"] = "no-cache"
        return response

    @blueprint.get("/data/<name>")
    def file(name: str) -> Response:
        if name not in FILES:
            return _refusal(HTTPStatus.NOT_FOUND, f"The files here are {', '.join(FILES)}.")
        edition = editions.current
        content = f"{edition.name} {address} {name}"
        etag = hashlib.sha256(content.encode()).hexdigest()[:32]
        if request.if_none_match.contains_weak(etag):
            return _answer(name, etag, HTTPStatus.NOT_MODIFIED)
        if not places.acquire(blocking=False):
            sentence = "Many files are being made; please ask again in some seconds."
            refusal = _refusal(HTTPStatus.SERVICE_UNAVAILABLE, sentence)
            refusal.headers["Retry-After"] = RETRY_AFTER
            return refusal
        try:
            organization = edition.organization
            data = kept.get_or_compute(etag, lambda: FILES[name].write(organization, address))
        except FormatError as error:
            return _refusal(HTTPStatus.NOT_FOUND, str(error))
        finally:
            places.release()
        response = _answer(name, etag, HTTPStatus.OK, data)
        called = file_name(organization, name)
        response.headers["Content-Disposition"] = f'attachment; filename="{called}"'
        return response

    return blueprint


def _index(template: Template, organization: Organization, words: Words) -> str:
    about, spoken = organization.about, kept_language()
    absent = {f"{table}.csv" for table in COLUMNS.keys() - set(tables_in(organization))}
    sections = []
    for heading, names in SECTIONS.items():
        items = [_item(name, words) for name in names if name not in absent]
        sections.append(f"<h2>{html.escape(words(heading))}</h2>\n<ul>\n{''.join(items)}</ul>")
    told = [
        *([words("source", source=title)] if (title := about.source_title) else []),
        *([words("as-of", date=words.date(about.date))] if about.date else []),
        *([words("licence", licence=about.licence)] if about.licence else []),
    ]
    foreign = words.foreign(about.language)
    return template.substitute(
        language=words.language,
        direction=words.direction,
        query=html.escape(f"?{query_of(spoken)}" if spoken else ""),
        back=html.escape(words("data-back")),
        heading=html.escape(words("data-of", name=about.title)),
        title=html.escape(about.title),
        marks=f' lang="{html.escape(foreign)}" dir="auto"' if foreign else "",
        intro=html.escape(words("data-intro")),
        sections="\n".join(sections),
        origin="<br>\n".join(map(html.escape, told)),
    )


def _item(name: str, words: Words) -> str:
    table, _, ending = name.rpartition(".")
    key = f"data-{name.replace('.', '-')}"
    said = words("data-table", table=table) if ending == "csv" else words(key)
    return f'<li><a href="{name}">{name}</a> <span>{html.escape(said)}</span></li>\n'


def _answer(name: str, etag: str, status: HTTPStatus, data: bytes = b"") -> Response:
    """Return an answer with what a reader's cache has to know, also when it has the file."""
    response = Response(data, status, mimetype=FILES[name].media_type)
    response.set_etag(etag)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _refusal(status: HTTPStatus, sentence: str) -> Response:
    response = Response(f"{sentence}\n", status, mimetype="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
