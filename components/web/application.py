"""The web application: one organization, everything that is answered about it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from string import Template
from typing import Any
from urllib.parse import quote

from dash import Dash
from flask import Flask, request

from components.callbacks import register_callbacks
from components.diagrams.address import filters_in, parameters_of, query_of
from components.diagrams.network import Layout, Look
from components.model.coverage import By
from components.model.organization import Organization
from components.settings import Settings
from components.views import ids
from components.views.html_text import html_text
from components.views.opening import Choice, drawn, opening, panel_text, view_text
from components.views.page import page
from components.views.problems import problems_list
from components.views.toolbar import LAYOUTS, views_of
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
        focus, choice = asked_in(request.args, organization, words)
        scope = edition.subject.scope(focus, choice.look.unit, choice.look.to)
        parts = edition.drawn.get_or_make(
            (words.language, focus, choice.look),
            lambda: drawn(organization, scope, choice.look, words),
        )
        told = {
            ids.PANEL: _panel(edition, choice),
            ids.PROBLEMS_LIST: _problems(edition, words),
            **view_text(scope, choice, words),
        }
        kept = parameters_of(organization, focus, choice.look, choice.view, choice.by)
        kept |= kept_of_embed(request.path, request.args)
        kept |= kept_language()
        tell_language(words)
        return self._template.substitute(
            **{name: text[name] for name in ("css", "config", "scripts", "renderer")},
            preview=preview(organization, self.settings.public_address, focus, choice),
            state=_state(choice),
            opening=opening(organization, choice, parts, told, kept),
            styles=parts.styles,
            edition=_edition(edition, follows=self.editions.follows),
            language=words.language,
            direction=words.direction,
            data_language=_data_language(organization, words),
            words=to_json(words.script).replace("<", "\\u003c"),
            attributes=document_attributes(request.path, request.args, self.settings.framed_by),
            icon=self.get_asset_url("favicon.svg"),
            theme_script=self._dated_asset(RUN_AFTER_OPENING),
            noscript_css=self._dated_asset(WITHOUT_SCRIPTS),
            preloads="\n".join(self._preloads(edition, focus, choice.look, words)),
        )

    def _config(self) -> dict[str, Any]:
        """Return what Dash's renderer is told: it asks for the layout in the page's language."""
        config: dict[str, Any] = super()._config()  # type: ignore[no-untyped-call]
        prefix = prefix_of(self.editions.current, asked_words())
        return config | {"requests_pathname_prefix": config["requests_pathname_prefix"] + prefix}

    def _dated_asset(self, path: str) -> str:
        """Return the address of an asset that Dash does not load by itself."""
        return f"{self.get_asset_url(path)}?m={int((ASSETS / path).stat().st_mtime)}"

    def _preloads(self, edition: Edition, focus: int, look: Look, words: Words) -> list[str]:
        """Return links that make the browser fetch the first fragments while scripts still load."""
        wanted = [(kind, focus) for kind in AT_ONCE]
        wanted += [("filters", 0), ("overview", 0) if look.unit is None else ("panel", look.unit)]
        query = {LANGUAGE: words.language}
        addresses = [self._fragment_address(edition, *each, query) for each in wanted]
        said = parameters_of(edition.organization, focus, look)
        filters = {name: said[name] for name in ("types", "themes") if name in said}
        if filters:
            addresses.append(self._fragment_address(edition, "matches", focus, query | filters))
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


def _panel(edition: Edition, choice: Choice) -> str:
    if choice.look.unit is None and not choice.unknown:
        return edition.texts.get_or_make(
            ("overview", choice.words.language), lambda: panel_text(edition.organization, choice)
        )
    return panel_text(edition.organization, choice)


def _problems(edition: Edition, words: Words) -> str:
    return edition.texts.get_or_make(
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


def _state(choice: Choice) -> str:
    """Return attributes of the document: what its styles have to know of the state."""
    view = f' data-view="{choice.view}"' if choice.view else ""
    sheet = "peek" if choice.look.unit is None and not choice.unknown else "half"
    return f'{view} data-layout="{choice.look.layout}" data-sheet="{sheet}"'


def asked_in(
    parameters: Mapping[str, str], organization: Organization, words: Words
) -> tuple[int, Choice]:
    """Return the focus and the choice in an address; what cannot be understood is left out."""

    def one_of(values: Iterable[str], name: str) -> str:
        value = parameters.get(name, "")
        return value if value in values else ""

    named = parameters.get("unit", "")
    unit = organization.find(named)
    to = organization.find(parameters.get("to", ""))
    types, themes = filters_in(organization, parameters)
    look = Look(
        unit=unit,
        layout=Layout(one_of(LAYOUTS, "layout") or Layout.TREE),
        all_links=parameters.get("links") == "all",
        references=parameters.get("references") == "shown",
        to=to if unit is not None and to != unit else None,
        types=types,
        themes=themes,
    )
    focus = organization.find(parameters.get("focus", "")) or 0
    view = one_of(views_of(organization), "view")
    by = By.REFERENCES.value if parameters.get("by") == By.REFERENCES else ""
    unknown = named[:LONGEST_NAME] if unit is None else ""
    return focus, Choice(look, words, view, by, unknown)
