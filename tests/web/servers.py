"""Servers to be asked without a network, and what their pages are made of."""

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
    """A client that reads every answer to its end, so that no file stays open."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        return super().open(*args, **{"buffered": True} | kwargs)


def serve(shown: Organization | Editions, settings: Settings | None = None) -> FlaskClient:
    """Return a client of a server of an organization."""
    server = create_app(shown, settings or Settings()).server
    server.test_client_class = Reader
    return server.test_client()


def version_of(client: FlaskClient) -> str:
    """Return the version of which a page asks for fragments."""
    return version_in(client.get("/").text)


def version_in(page: str) -> str:
    """Return the version that a document names."""
    found = re.search(r'<html[^>]* data-version="(\w+)"', page)
    assert found
    return found[1]


VOID = {"br", "hr", "img", "input", "link", "meta"}


@dataclass
class Element:
    """An element of a document with its attributes, and the text right in it."""

    tag: str
    attributes: dict[str, str]
    text: str = ""
    is_drawn: bool = False
    """It is of a picture, in SVG, where a title or a link is not what it is in HTML."""


@dataclass
class Document(HTMLParser):
    """What a browser understands of a page, without the tree."""

    elements: list[Element] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        is_drawn = tag == "svg" or (bool(self._open) and self._open[-1].is_drawn)
        element = Element(tag, {name: value or "" for name, value in attrs}, is_drawn=is_drawn)
        assert len(element.attributes) == len(attrs)
        self.elements.append(element)
        if is_drawn or tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].text += data

    def find(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements of HTML of a tag with these attributes."""
        return self._found(tag, attributes, drawn=False)

    def find_drawn(self, tag: str, **attributes: str) -> list[Element]:
        """Return the elements of SVG of a tag with these attributes."""
        return self._found(tag, attributes, drawn=True)

    def _found(self, tag: str, attributes: dict[str, str], *, drawn: bool) -> list[Element]:
        return [
            each
            for each in self.elements
            if (each.tag, each.is_drawn) == (tag, drawn)
            and attributes.items() <= each.attributes.items()
        ]


def document(html: str) -> Document:
    """Return what a browser understands of a page."""
    parsed = Document()
    parsed.feed(html)
    parsed.close()
    assert not parsed._open
    return parsed
