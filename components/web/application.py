"""The web application: the page of an organization, and all routes."""

from __future__ import annotations

import html
import os
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

from dash import Dash
from dash.development.base_component import Component
from dash.exceptions import DependencyException
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
from components.views.page import PageRequest
from components.views.problems import problems_list
from components.views.stage import stage
from components.views.static_page import (
    panel_text,
    static_page,
    static_parts,
    view_text,
)
from components.web.assets import ICON, STYLES, Assets
from components.web.compression import compress_responses
from components.web.data_files import data_files_blueprint
from components.web.editions import Edition, Editions
from components.web.embedding import (
    EMBED,
    SELF,
    embed_attributes,
    embed_parameters,
    frame_ancestors,
    is_embed,
)
from components.web.exports import Exports, exports_blueprint
from components.web.fonts import fonts_blueprint
from components.web.fragments import FIRST_FRAGMENTS, fragments_blueprint, to_json
from components.web.headers import content_security_policy, set_headers
from components.web.health import health_blueprint
from components.web.languages import (
    language_parameter,
    request_words,
    set_language_headers,
)
from components.web.mounting import RemitBlueprint, not_found
from components.web.previews import preview
from components.web.search import search_blueprint
from components.words import LANGUAGE, Words

DOCUMENT = Path(__file__).with_name("document.html")
UNQUOTED = "!~*'()"
"""Characters that ``encodeURIComponent`` leaves as they are: the address of a preload must be the
one that scripts request."""
MAIN_MODULE = "js/main.js"
THEME_MODULE = "js/page/theme.js"
"""Applies the theme that the reader has chosen, before the others have been loaded."""
PLOTLY_BUNDLE = "js/plotly-sunburst.min.js"
"""A smaller plotly.js (see ``bundle/``), which keeps Dash from loading its own."""
NOSCRIPT_STYLES = "css/noscript.css"
MAX_NAME_LENGTH = 200
"""Characters of an unknown name that are compared with the names of units."""


def create_app(
    shown: Organization | Editions,
    settings: Settings,
    *,
    server: Flask | None = None,
    prefix: str = "/",
    below_panel: Sequence[Component] = (),
) -> Dash:
    """Return a Dash application for an organization; its ``server`` is the one for WSGI.

    An organization that may change while it is served is given as ``Editions``; see
    ``following.py``. ``server.extensions["exports"].close()`` ends the processes that draw
    pictures; they also end with the server.

    Args:
        shown: the organization.
        settings: the settings.
        server: a server that has other routes, too; by default a new one.
        prefix: the address of the page on the server, with a slash at its end. All routes are below
            it, and nothing is changed for other routes.
        below_panel: Dash components below the panel of the selected unit. With them, callbacks that
            run on the server are allowed, and requests for them answered; else only GET is.
    """
    server = server or Flask(__name__, static_folder=None)
    editions = shown if isinstance(shown, Editions) else Editions(Edition(shown, settings))
    blueprint = RemitBlueprint(prefix, has_callbacks=bool(below_panel))
    blueprint.before_request(editions.ensure_started)
    app = _Application(editions, settings, blueprint)
    app.layout = stage(below_panel)
    register_callbacks(app)
    exports = Exports(settings)
    server.extensions.setdefault("exports", ExitStack()).callback(exports.close)
    for routes in (
        app.assets.blueprint(),
        fragments_blueprint(editions, settings),
        fonts_blueprint(),
        search_blueprint(editions),
        exports_blueprint(exports, editions),
        data_files_blueprint(editions, settings, app.assets),
        health_blueprint(editions),
    ):
        blueprint.register_blueprint(routes, url_prefix=prefix)
    blueprint.add_url_rule(f"{prefix}{EMBED}", EMBED, app.index)
    set_headers(blueprint, app.policy)
    compress_responses(blueprint)
    server.register_blueprint(blueprint)
    app.server = app.backend.server = server
    return app


class _Application(Dash):
    """Dash with our own HTML document."""

    def __init__(self, editions: Editions, settings: Settings, blueprint: RemitBlueprint) -> None:
        self.editions = editions
        self.settings = settings
        self.blueprint = blueprint
        self.assets = Assets()
        self._template = Template(DOCUMENT.read_text(encoding="utf-8"))
        super().__init__(
            name="remit",
            server=False,
            routes_pathname_prefix=blueprint.prefix,
            include_assets_files=False,
            assets_folder=os.devnull,  # Dash has a route for its assets, and they have their own
            title="Remit",
            update_title="",
        )
        blueprint.errorhandler(DependencyException)(lambda _: not_found())  # of unknown scripts
        self.init_app(blueprint)  # adds its routes

    def policy(self) -> str:
        """Return the content security policy of a response."""
        framed_by = frame_ancestors(self.settings.framed_by) if is_embed() else SELF
        return content_security_policy(self._script_hashes, framed_by)

    @cached_property
    def _script_hashes(self) -> Sequence[str]:
        """The hashes of inline scripts, those of all callbacks that exist at the first request."""
        hashes: Sequence[str] = self.csp_hashes()
        return hashes

    def interpolate_index(self, **text: str) -> str:  # type: ignore[override]
        """Return the document: the page as HTML, and what its scripts need."""
        edition, words = self.editions.current, request_words()
        organization = edition.organization
        state = read_view_state(request.args, edition.index)
        unknown_unit = "" if state.unit is not None else request.args.get("unit", "")
        requested = PageRequest(state, words, unknown_unit[:MAX_NAME_LENGTH])
        scope = edition.subject.scope(state)
        diagram_state = replace(state.for_diagrams(*Diagram), view=state.view)
        parts = edition.static_parts.get_or_compute(
            (words.language, diagram_state),
            lambda: static_parts(edition.index, scope, diagram_state, words),
        )
        contents = {
            ids.PANEL: self._panel(edition, requested),
            ids.PROBLEMS_LIST: _problems(edition, words),
            **view_text(edition.index, scope, state, words),
        }
        link_parameters = {
            **parameters_of(replace(state, q=""), organization),
            **embed_parameters(),
            **language_parameter(),
        }
        set_language_headers(words)
        return self._template.substitute(
            **{name: text[name] for name in ("config", "renderer")},
            preview=preview(organization, self.settings.public_address, requested),
            page=static_page(organization, requested, parts, contents, link_parameters),
            styles=parts.styles,
            styles_address=self.assets.address(STYLES),
            noscript_address=self.assets.address(NOSCRIPT_STYLES),
            language=words.language,
            direction=words.direction,
            attributes=self._attributes(edition, requested),
            words=_json_in_html(words.script),
            view_state=_json_in_html(schema_for_scripts()),
            scripts=self._bundle() + text["scripts"],
            icon=self.assets.address(ICON),
            main_module=self.assets.address(MAIN_MODULE),
            theme_module=self.assets.address(THEME_MODULE),
            preloads=self._preloads(edition, state, words),
        )

    def _panel(self, edition: Edition, requested: PageRequest) -> str:
        unit, words = requested.state.unit, requested.words
        if unit is not None:
            further = self.settings.further_sections(edition.organization, unit, words)
            return panel_text(edition.index, requested, further)
        if requested.unknown_unit:
            return panel_text(edition.index, requested)
        return edition.texts.get_or_compute(
            ("overview", words.language), lambda: panel_text(edition.index, requested)
        )

    def _attributes(self, edition: Edition, requested: PageRequest) -> str:
        """Return data attributes of the root element, which styles and scripts read."""
        state = requested.state
        is_unselected = state.unit is None and not requested.unknown_unit
        attributes: dict[str, object] = {
            **edition.as_dict(),
            "follows": "" if self.editions.follows else None,
            **embed_attributes(self.settings.framed_by),
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

    def _bundle(self) -> str:
        """Return the script element of the smaller plotly.js, if it has been built and will do."""
        if self.blueprint.has_callbacks or not self.assets.has(PLOTLY_BUNDLE):
            return ""
        return f'<script src="{self.assets.address(PLOTLY_BUNDLE)}"></script>\n'

    def _preloads(self, edition: Edition, state: ViewState, words: Words) -> str:
        """Return links that make a browser fetch modules and fragments while it reads the page."""
        organization, query = edition.organization, {LANGUAGE: words.language}
        fragments = [(kind, state.focus, query) for kind in FIRST_FRAGMENTS]
        fragments.append(("network-style", 0, query))
        filters = parameters_of(ViewState(types=state.types, themes=state.themes), organization)
        if filters:
            fragments.append(("matches", state.focus, query | filters))
        links = [
            f'<link rel="modulepreload" href="{self.assets.address(path)}">'
            for path in self.assets.modules()
        ]
        for kind, unit, parameters in fragments:
            name = quote(organization.units["id"][unit], safe=UNQUOTED)
            path = f"fragments/{edition.name}/{kind}/{name}.json?{query_of(parameters)}"
            address = html.escape(path)
            links.append(
                f'<link rel="preload" as="fetch" crossorigin="anonymous" href="{address}">'
            )
        return "\n".join(links)


def _problems(edition: Edition, words: Words) -> str:
    return edition.texts.get_or_compute(
        ("problems", words.language),
        lambda: html_text(problems_list(edition.organization, words)),
    )


def _json_in_html(content: Any) -> str:
    """Return JSON for a script element; no text in it can end the element."""
    return to_json(content).replace("<", "\\u003c")
