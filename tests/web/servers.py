"""Clients of servers without a network, and a parser for their pages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from components.model.organization import Organization
from components.settings import Settings
from components.web.application import create_app
from components.web.editions import Editions


class Reader(FlaskClient):
    """A client that reads every response to its end, so that no file stays open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True} | kwargs)


def serve(shown: Organization | Editions, settings: Settings | None = None) -> FlaskClient:
    """Return a client of a server for an organization."""
    server = create_app(shown, settings or Settings()).server
    server.test_client_class = Reader
    return server.test_client()


def version_of(client: FlaskClient) -> str:
    """Return the name of the edition that is current on a server."""
    return version_in(client.get("/").text)


def version_in(page: str) -> str:
    """Return the name of the edition in a document."""
    match = re.search(r'<html[^>]* data-version="(\w+)"', page)
    assert match
    return match[1]


VOID_ELEMENTS = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class Element:
    """An element of a document with its attributes and its own text."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    is_drawn: bool = False
    """Whether it is SVG, where a title or a link has another meaning than in HTML."""


@dataclass
class Document(HTMLParser):
    """The elements of a page as a browser parses it, as a list."""

    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_drawn = tag == "svg" or (bool(self._open) and self._open[-1].is_drawn)
        element = Element(tag, {name: value or "" for name, value in attrs}, is_drawn=is_drawn)
        assert len(element.attributes) == len(attrs)
        self.elements.append(element)
        if is_drawn or tag not in VOID_ELEMENTS:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].text += data

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """Return the HTML elements of a tag with these attributes."""
        return self._matching(tag, attributes, drawn=False)

    def find_drawn(self, tag: str, **attributes: str) -> list[Element]:
        """Return the SVG elements of a tag with these attributes."""
        return self._matching(tag, attributes, drawn=True)

    def _matching(self, tag: str, attributes: dict[str, str], *, drawn: bool) -> list[Element]:
        return [
            element
            for element in self.elements
            if (element.tag, element.is_drawn) == (tag, drawn)
            and attributes.items() <= element.attributes.items()
        ]


def document(html: str) -> Document:
    """Return a page as a browser parses it."""
    parsed = Document()
    parsed.feed(html)
    parsed.close()
    assert not parsed._open
    return parsed
