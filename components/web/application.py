"""The web application: one organization, everything that is answered about it."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
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
from components.web.compression import compress_answers
from components.web.data_files import data_files_blueprint
from components.web.editions import Edition, Editions, editions_of
from components.web.embedding import (
    EMBED,
    SELF,
    document_attributes,
    frame_ancestors,
    kept_of_embed,
)
from components.web.exports import Exports, exports_blueprint
from components.web.fonts import fonts_blueprint
from components.web.fragments import AT_ONCE, fragments_blueprint, to_json
from components.web.headers import (
    content_security_policy,
    refuse_unknown_addresses,
    set_headers,
)
from components.web.health import health_blueprint
from components.web.languages import (
    asked_words,
    kept_language,
    languages_blueprint,
    prefix_of,
    tell_language,
)
from components.web.previews import preview
from components.web.search import search_blueprint
from components.words import DEFAULT, LANGUAGE, Words, words_in

ASSETS = Path(__file__).parents[2] / "assets"
DOCUMENT = Path(__file__).with_name("document.html")
UNQUOTED = "!~*'()"
"""What ``encodeURIComponent`` leaves as it is: a preload must be the address that is asked for."""
RUN_AFTER_OPENING = "js/theme.js"
"""Sets a theme that the reader has chosen as soon as the opening stands; Dash loads the others."""
WITHOUT_SCRIPTS = "css/noscript.css"
LONGEST_NAME = 200
"""Characters of what an address names: so much is compared with the names of units."""


def create_app(shown: Organization | Editions, settings: Settings) -> Dash:
    """Return a Dash application that shows an organization; its ``server`` is for WSGI.

    What may change while it is served is given as ``Editions`` (see ``following.py``).
    ``server.extensions["exports"]`` has a ``close`` that ends the processes which draw pictures;
    they also end with the server.
    """
    server = Flask(__name__, static_folder=None)
    editions = editions_of(shown, settings)
    server.before_request(editions.begin)
    app = _Application(editions, settings, server)
    app.layout = lambda: page(editions.current.organization, words_in(DEFAULT))
    register_callbacks(app)
    server.register_blueprint(languages_blueprint(app, editions))
    server.register_blueprint(fragments_blueprint(editions, settings))
    server.register_blueprint(fonts_blueprint())
    server.register_blueprint(search_blueprint(editions))
    exports = Exports(settings)
    server.extensions["exports"] = exports
    server.register_blueprint(exports_blueprint(exports, editions))
    server.register_blueprint(data_files_blueprint(editions, settings))
    server.register_blueprint(health_blueprint(editions))
    server.add_url_rule(EMBED, "embed", app.index)
    hashes = app.csp_hashes()
    set_headers(
        server,
        content_security_policy(hashes, SELF),
        content_security_policy(hashes, frame_ancestors(settings.framed_by)),
    )
    refuse_unknown_addresses(server)
    compress_answers(server)
    return app


class _Application(Dash):
    """Dash with a document of our own around it."""

    def __init__(self, editions: Editions, settings: Settings, server: Flask) -> None:
        self.editions = editions
        self.settings = settings
        self._template = Template(DOCUMENT.read_text(encoding="utf-8"))
        super().__init__(
            name="remit",
            server=server,  # type: ignore[arg-type]  # a Flask is what it takes
            assets_folder=str(ASSETS),
            # Dash looks at the names of files, without their folders.
            assets_ignore="|".join(
                re.escape(Path(path).name) for path in (RUN_AFTER_OPENING, WITHOUT_SCRIPTS)
            ),
            title="Remit",
            update_title="",
        )

    def interpolate_index(self, **text: str) -> str:  # type: ignore[override]
        """Return the document: the page as it begins, and what its scripts need."""
        edition, words = self.editions.current, asked_words()
        organization = edition.organization
        asked = page_request(request.args, edition, words)
        state = asked.state
        scope = edition.subject.scope(state)
        drawn = state.for_diagrams(*Diagram)
        parts = edition.static_parts.get_or_compute(
            (words.language, drawn), lambda: static_parts(edition.index, scope, drawn, words)
        )
        contents = {
            ids.PANEL: _panel(edition, asked),
            ids.PROBLEMS_LIST: _problems(edition, words),
            **view_text(edition.index, scope, state, words),
        }
        kept = parameters_of(replace(state, q=""), organization)
        kept |= kept_of_embed(request.path, request.args)
        kept |= kept_language()
        tell_language(words)
        return self._template.substitute(
            **{name: text[name] for name in ("css", "config", "scripts", "renderer")},
            preview=preview(organization, self.settings.public_address, asked),
            state=_state(asked),
            opening=static_page(organization, asked, parts, contents, kept),
            styles=parts.styles,
            edition=_edition(edition, follows=self.editions.follows),
            language=words.language,
            direction=words.direction,
            data_language=_data_language(organization, words),
            words=_json_in_html(words.script),
            view_state=_json_in_html(schema_for_scripts()),
            attributes=document_attributes(request.path, request.args, self.settings.framed_by),
            icon=self.get_asset_url("favicon.svg"),
            theme_script=self._dated_asset(RUN_AFTER_OPENING),
            noscript_css=self._dated_asset(WITHOUT_SCRIPTS),
            preloads="\n".join(self._preloads(edition, state, words)),
        )

    def _config(self) -> dict[str, Any]:
        """Return what Dash's renderer is told: it asks for the layout in the page's language."""
        config: dict[str, Any] = super()._config()  # type: ignore[no-untyped-call]
        prefix = prefix_of(self.editions.current, asked_words())
        return config | {"requests_pathname_prefix": config["requests_pathname_prefix"] + prefix}

    def _dated_asset(self, path: str) -> str:
        """Return the address of an asset that Dash does not load by itself."""
        return f"{self.get_asset_url(path)}?m={int((ASSETS / path).stat().st_mtime)}"

    def _preloads(self, edition: Edition, state: ViewState, words: Words) -> list[str]:
        """Return links that make the browser fetch the first fragments while scripts still load."""
        wanted = [(kind, state.focus) for kind in AT_ONCE]
        wanted += [("filters", 0), ("overview", 0) if state.unit is None else ("panel", state.unit)]
        query = {LANGUAGE: words.language}
        addresses = [self._fragment_address(edition, *each, query) for each in wanted]
        only_filters = ViewState(types=state.types, themes=state.themes)
        filters = parameters_of(only_filters, edition.organization)
        if filters:
            addresses.append(
                self._fragment_address(edition, "matches", state.focus, query | filters)
            )
        return [
            f'<link rel="preload" as="fetch" crossorigin="anonymous" href="{html.escape(each)}">'
            for each in addresses
        ]

    def _fragment_address(
        self, edition: Edition, kind: str, unit: int, query: Mapping[str, str]
    ) -> str:
        """Return an address as scripts ask for it."""
        prefix = f"{self.config.requests_pathname_prefix}fragments/{edition.name}"
        name = quote(edition.organization.units["id"][unit], safe=UNQUOTED)
        return f"{prefix}/{kind}/{name}.json?{query_of(query)}"


def _panel(edition: Edition, asked: PageRequest) -> str:
    if asked.state.unit is None and not asked.unknown_unit:
        return edition.texts.get_or_compute(
            ("overview", asked.words.language), lambda: panel_text(edition.index, asked)
        )
    return panel_text(edition.index, asked)


def _problems(edition: Edition, words: Words) -> str:
    return edition.texts.get_or_compute(
        ("problems", words.language),
        lambda: html_text(problems_list(edition.organization, words)),
    )


def _edition(edition: Edition, *, follows: bool) -> str:
    """Return attributes of the document: of which edition it is, and whether to expect others."""
    told = "".join(
        f' data-{name}="{html.escape(str(each))}"' for name, each in edition.told.items()
    )
    return f"{told} data-follows" if follows else told


def _data_language(organization: Organization, words: Words) -> str:
    """Return an attribute of the document with the language of data, if that is another one."""
    language = words.foreign(organization.about.language)
    return f' data-language="{language}"' if language else ""


def _state(asked: PageRequest) -> str:
    """Return attributes of the document: what its styles have to know of the state."""
    state = asked.state
    view = f' data-view="{state.view}"' if state.view else ""
    sheet = "peek" if state.unit is None and not asked.unknown_unit else "half"
    return f'{view} data-layout="{state.layout}" data-sheet="{sheet}"'


def _json_in_html(content: Any) -> str:
    """Return JSON that cannot end the script element in which it stands."""
    return to_json(content).replace("<", "\u003c")


def page_request(parameters: Mapping[str, str], edition: Edition, words: Words) -> PageRequest:
    """Return what the address of a page asks for; what cannot be understood is left out."""
    state = read_view_state(parameters, edition.index)
    named = parameters.get("unit", "")
    return PageRequest(state, words, named[:LONGEST_NAME] if state.unit is None else "")
