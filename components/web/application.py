"""The web application: the page of an organization, and all routes."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

from dash import Dash
from flask import Flask, request

from components.callbacks import register_callbacks
from components.model.organization import Organization
from components.settings import Settings
from components.view_state import (
    Diagram,
    ViewState,
    parameters_of,
    query_of,
    read_view_state,
    schema_for_scripts,
)
from components.views import ids
from components.views.html_text import html_text
from components.views.page import page
from components.views.problems import problems_list
from components.views.static_page import (
    PageRequest,
    panel_text,
    static_page,
    static_parts,
    view_text,
)
from components.web.compression import compress_responses
from components.web.data_files import data_files_blueprint
from components.web.editions import Edition, Editions
from components.web.embedding import (
    EMBED,
    SELF,
    embed_attributes,
    embed_parameters,
    frame_ancestors,
)
from components.web.exports import Exports, exports_blueprint
from components.web.fonts import fonts_blueprint
from components.web.fragments import FIRST_FRAGMENTS, fragments_blueprint, to_json
from components.web.headers import content_security_policy, reject_unknown_addresses, set_headers
from components.web.health import health_blueprint
from components.web.languages import (
    language_parameter,
    languages_blueprint,
    request_words,
    set_language_headers,
)
from components.web.previews import preview
from components.web.search import search_blueprint
from components.words import DEFAULT, LANGUAGE, Words, words_in

ASSETS = Path(__file__).parents[2] / "assets"
DOCUMENT = Path(__file__).with_name("document.html")
UNQUOTED = "!~*'()"
"""Characters that ``encodeURIComponent`` leaves as they are: the address of a preload must be the
one that scripts request."""
THEME_SCRIPT = "js/theme.js"
"""Applies the theme that the reader has chosen, right after the first HTML of the page. Dash loads
the other scripts."""
NOSCRIPT_STYLES = "css/noscript.css"
MAX_NAME_LENGTH = 200
"""Characters of an unknown name that are compared with the names of units."""


def create_app(shown: Organization | Editions, settings: Settings) -> Dash:
    """Return a Dash application for an organization; its ``server`` is the one for WSGI.

    An organization that may change while it is served is given as ``Editions``; see
    ``following.py``. ``server.extensions["exports"].close()`` ends the processes that draw
    pictures; they also end with the server.
    """
    server = Flask(__name__, static_folder=None)
    editions = shown if isinstance(shown, Editions) else Editions(Edition(shown, settings))
    server.before_request(editions.ensure_started)
    app = _Application(editions, settings, server)
    app.layout = lambda: page(editions.current.organization, words_in(DEFAULT))
    register_callbacks(app)
    exports = Exports(settings)
    server.extensions["exports"] = exports
    for blueprint in (
        languages_blueprint(app, editions),
        fragments_blueprint(editions, settings),
        fonts_blueprint(),
        search_blueprint(editions),
        exports_blueprint(exports, editions),
        data_files_blueprint(editions, settings),
        health_blueprint(editions),
    ):
        server.register_blueprint(blueprint)
    server.add_url_rule(EMBED, "embed", app.index)
    hashes = app.csp_hashes()
    set_headers(
        server,
        content_security_policy(hashes, SELF),
        content_security_policy(hashes, frame_ancestors(settings.framed_by)),
    )
    reject_unknown_addresses(server)
    compress_responses(server)
    return app


class _Application(Dash):
    """Dash with our own HTML document."""

    def __init__(self, editions: Editions, settings: Settings, server: Flask) -> None:
        self.editions = editions
        self.settings = settings
        self._template = Template(DOCUMENT.read_text(encoding="utf-8"))
        super().__init__(
            name="remit",
            server=server,  # type: ignore[arg-type]  # a Flask is what it takes
            assets_folder=str(ASSETS),
            # Dash compares the names of files without their folders.
            assets_ignore="|".join(
                re.escape(Path(path).name) for path in (THEME_SCRIPT, NOSCRIPT_STYLES)
            ),
            title="Remit",
            update_title="",
        )

    def interpolate_index(self, **text: str) -> str:  # type: ignore[override]
        """Return the document: the page as HTML, and what its scripts need."""
        edition, words = self.editions.current, request_words()
        organization = edition.organization
        state = read_view_state(request.args, edition.index)
        unknown_unit = "" if state.unit is not None else request.args.get("unit", "")
        requested = PageRequest(state, words, unknown_unit[:MAX_NAME_LENGTH])
        scope = edition.subject.scope(state)
        diagram_state = state.for_diagrams(*Diagram)
        parts = edition.static_parts.get_or_compute(
            (words.language, diagram_state),
            lambda: static_parts(edition.index, scope, diagram_state, words),
        )
        contents = {
            ids.PANEL: _panel(edition, requested),
            ids.PROBLEMS_LIST: _problems(edition, words),
            **view_text(edition.index, scope, state, words),
        }
        link_parameters = {
            **parameters_of(replace(state, q=""), organization),
            **embed_parameters(request.path, request.args),
            **language_parameter(),
        }
        set_language_headers(words)
        return self._template.substitute(
            **{name: text[name] for name in ("css", "config", "scripts", "renderer")},
            preview=preview(organization, self.settings.public_address, requested),
            opening=static_page(organization, requested, parts, contents, link_parameters),
            styles=parts.styles,
            language=words.language,
            direction=words.direction,
            attributes=self._attributes(edition, requested),
            words=_json_in_html(words.script),
            view_state=_json_in_html(schema_for_scripts()),
            icon=self.get_asset_url("favicon.svg"),
            theme_script=self._dated_asset(THEME_SCRIPT),
            noscript_css=self._dated_asset(NOSCRIPT_STYLES),
            preloads=self._preloads(edition, state, words),
        )

    def _config(self) -> dict[str, Any]:
        """Return the configuration of Dash's renderer, which puts a prefix before its addresses.

        It adds no query to them; so the prefix has the language and the edition of the document.
        """
        config: dict[str, Any] = super()._config()  # type: ignore[no-untyped-call]
        prefix = f"{request_words().language}/{self.editions.current.name}/"
        return config | {"requests_pathname_prefix": config["requests_pathname_prefix"] + prefix}

    def _attributes(self, edition: Edition, requested: PageRequest) -> str:
        """Return data attributes of the root element, which styles and scripts read."""
        state = requested.state
        is_unselected = state.unit is None and not requested.unknown_unit
        attributes: dict[str, object] = {
            **edition.as_dict(),
            "follows": "" if self.editions.follows else None,
            **embed_attributes(request.path, request.args, self.settings.framed_by),
            "view": state.view or None,
            "layout": state.layout,
            "sheet": "peek" if is_unselected else "half",
            "language": requested.words.foreign(edition.organization.about.language),
        }
        return "".join(
            f' data-{name}="{html.escape(str(value))}"'
            for name, value in attributes.items()
            if value is not None
        )

    def _dated_asset(self, path: str) -> str:
        """Return the address of an asset that Dash does not load, with the time of its change."""
        return f"{self.get_asset_url(path)}?m={int((ASSETS / path).stat().st_mtime)}"

    def _preloads(self, edition: Edition, state: ViewState, words: Words) -> str:
        """Return links that make a browser fetch the first fragments while scripts still load."""
        prefix = f"{self.config.requests_pathname_prefix}fragments/{edition.name}"
        organization, query = edition.organization, {LANGUAGE: words.language}
        fragments = [(kind, state.focus, query) for kind in FIRST_FRAGMENTS]
        fragments.append(("filters", 0, query))
        panel = ("overview", 0, query) if state.unit is None else ("panel", state.unit, query)
        fragments.append(panel)
        filters = parameters_of(ViewState(types=state.types, themes=state.themes), organization)
        if filters:
            fragments.append(("matches", state.focus, query | filters))
        links = []
        for kind, unit, parameters in fragments:
            name = quote(organization.units["id"][unit], safe=UNQUOTED)
            address = html.escape(f"{prefix}/{kind}/{name}.json?{query_of(parameters)}")
            links.append(
                f'<link rel="preload" as="fetch" crossorigin="anonymous" href="{address}">'
            )
        return "\n".join(links)


def _panel(edition: Edition, requested: PageRequest) -> str:
    if requested.state.unit is None and not requested.unknown_unit:
        return edition.texts.get_or_compute(
            ("overview", requested.words.language), lambda: panel_text(edition.index, requested)
        )
    return panel_text(edition.index, requested)


def _problems(edition: Edition, words: Words) -> str:
    return edition.texts.get_or_compute(
        ("problems", words.language),
        lambda: html_text(problems_list(edition.organization, words)),
    )


def _json_in_html(content: Any) -> str:
    """Return JSON for a script element; no text in it can end the element."""
    return to_json(content).replace("<", "\\u003c")
