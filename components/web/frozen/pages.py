"""The pages of a frozen organization, and the files that they load."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from flask import Flask

from components.settings import Settings
from components.web.application import DOCUMENT, LIBRARIES, FrozenPage, create_app
from components.web.assets import Assets
from components.web.embedding import EMBED
from components.web.frozen.moments import FrozenEditions
from components.words import DEFAULT, LANGUAGE, languages

PAGE = "index"
ADDRESS = re.compile(r'(?:src=|href=|@import )"((?:static|fonts|_dash-component-suites)/[^"?#]+)"')
GRAPH = "_dash-component-suites/dash/dcc/async-graph.js"
"""A script that another one loads."""
PLOTLY = "_dash-component-suites/plotly/package_data/plotly.min.js"
"""What it loads unless there is a bundle of the libraries."""
DASH_ANSWERS = ("_dash-layout", "_dash-dependencies")
"""What Dash asks a server for; every page has the same."""
END_ID = re.compile(r'"end_id":"[^"]*"')
"""A random text by which Dash knows a page in requests to a server."""


class Site:
    """The addresses of an organization, answered as a server would answer them."""

    def __init__(
        self, editions: FrozenEditions, settings: Settings, document: Path = DOCUMENT
    ) -> None:
        """``document`` is the template of the pages."""
        self.editions = editions
        attributes = {**editions.extent.attributes(), "moments": editions.attribute()}
        frozen = FrozenPage(attributes, document)
        self.assets = Assets()
        server: Flask = create_app(editions, settings, frozen=frozen).server
        self._client = server.test_client()
        self._close = server.extensions["exports"].close

    def read(self, address: str, language: str = DEFAULT) -> bytes:
        """Return what a server answers.

        Raises:
            LookupError: there is nothing at the address.
        """
        data = self.find(address, language)
        if data is None:
            raise LookupError(address)
        return data

    def find(self, address: str, language: str = DEFAULT) -> bytes | None:
        """Return what a server answers; None if there is nothing at the address."""
        headers = {"Accept-Language": language}
        with self._client.get(f"/{address}", headers=headers) as response:
            return response.data if response.status_code == HTTPStatus.OK else None

    def page(self, address: str, language: str) -> str:
        """Return a page, without what is another in each process."""
        return END_ID.sub('"end_id":""', self.read(address, language).decode())

    def asset(self, path: str) -> str:
        """Return a file of the assets."""
        return self.read(self.assets.address(path)).decode()

    def close(self) -> None:
        """End what the server has started."""
        self._close()


def page_name(page: str, language: str) -> str:
    """Return the name of the file of a page in a language: ``index.html``, ``index.fr.html``."""
    return f"{page}.html" if language == DEFAULT else f"{page}.{language}.html"


def pages(site: Site) -> Iterator[tuple[str, str]]:
    """Yield the name and the text of each page: the dashboard and the embed, in each language."""
    for language in languages():
        for page, address in ((PAGE, ""), (EMBED, EMBED)):
            text = site.page(address, language)
            for other in languages():
                query = f"?{LANGUAGE}={other}"
                text = text.replace(f'href="{query}"', f'href="{page_name(page, other)}{query}"')
            full_page, embed = (page_name(name, language) for name in (PAGE, EMBED))
            attributes = f'data-full-page="{full_page}" data-embed="{embed}" data-frozen="files '
            yield page_name(page, language), text.replace('data-frozen="', attributes, 1)


def files_of(site: Site, text: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files that a page loads, each with its address."""
    addresses = [*map(html.unescape, ADDRESS.findall(text)), *site.assets.frozen_modules(), GRAPH]
    if not site.assets.has(LIBRARIES):
        addresses.append(PLOTLY)
    for address in dict.fromkeys(addresses):
        yield address, site.read(address)
