"""The web application: one organization, everything that is answered about it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from string import Template
from urllib.parse import quote

from dash import Dash
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from components.callbacks import register_callbacks
from components.diagrams.address import SEPARATOR, parameters_of
from components.diagrams.network import Layout, Look
from components.model.coverage import By
from components.model.organization import Organization, Scope
from components.settings import Settings
from components.views import ids
from components.views.opening import Choice, Drawn, drawn, opening, panel_text, view_text
from components.views.page import page
from components.views.toolbar import LAYOUTS, views_of
from components.web.compression import compress_answers
from components.web.embedding import (
    EMBED,
    SELF,
    document_attributes,
    frame_ancestors,
    kept_of_embed,
)
from components.web.exports import Exports, exports_blueprint
from components.web.fonts import fonts_blueprint
from components.web.fragments import AT_ONCE, LANGUAGE, edition_of, fragments_blueprint, to_json
from components.web.headers import (
    content_security_policy,
    refuse_unknown_addresses,
    set_headers,
)
from components.web.kept import Kept
from components.web.previews import preview
from components.web.search import search_blueprint
from components.words import Words, language_for, words_in

ASSETS = Path(__file__).parents[2] / "assets"
DOCUMENT = Path(__file__).with_name("document.html")
UNQUOTED = "!~*'()"
"""What ``encodeURIComponent`` leaves as it is: a preload must be the address that is asked for."""
RUN_AFTER_OPENING = "js/theme.js"
"""Sets a theme that the reader has chosen as soon as the opening stands; Dash loads the others."""
WITHOUT_SCRIPTS = "css/noscript.css"
LONGEST_NAME = 200
"""Characters of what an address names: so much is compared with the names of units."""
KEPT = 32_000_000
"""Characters of what was drawn last for the first HTML that are kept in memory."""


def create_app(organization: Organization, settings: Settings) -> Dash:
    """Return a Dash application that shows an organization; its ``server`` is for WSGI.

    ``server.extensions["exports"]`` has a ``close`` that ends the processes which draw pictures;
    they also end with the server.
    """
    server = Flask(__name__, static_folder=None)
    edition = edition_of(organization, settings)
    app = _Application(organization, edition, settings, server)
    app.layout = page(organization)
    register_callbacks(app)
    server.register_blueprint(fragments_blueprint(organization, edition, settings))
    server.register_blueprint(fonts_blueprint())
    server.register_blueprint(search_blueprint(organization))
    exports = Exports(organization, edition, settings)
    server.extensions["exports"] = exports
    server.register_blueprint(exports_blueprint(exports))
    _add_health(server, organization, edition)
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

    def __init__(
        self, organization: Organization, edition: str, settings: Settings, server: Flask
    ) -> None:
        self.organization = organization
        self.edition = edition
        self.settings = settings
        self._template = Template(DOCUMENT.read_text(encoding="utf-8"))
        self._drawn = Kept[Drawn](KEPT, len)
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
        organization = self.organization
        focus, choice = asked_in(request.args, organization)
        words = asked_words()
        parts = self._drawn.get_or_make(
            (focus, choice.look),
            lambda: drawn(organization, self._scope(focus, choice.look), choice.look),
        )
        kept = parameters_of(organization, focus, choice.look, choice.view, choice.by)
        kept |= kept_of_embed(request.path, request.args)
        scope = self._scope(focus, choice.look)
        told = {ids.PANEL: self._panel(choice), **view_text(scope, choice, words)}
        return self._template.substitute(
            **{name: text[name] for name in ("css", "config", "scripts", "renderer")},
            preview=preview(organization, self.settings.public_address, focus, choice),
            state=_state(choice),
            opening=opening(organization, choice, parts, told, kept),
            styles=parts.styles,
            edition=self.edition,
            language=words.language,
            direction=words.direction,
            words=to_json(words.script).replace("<", "\\u003c"),
            attributes=document_attributes(request.path, request.args, self.settings.framed_by),
            top=html.escape(organization.units["id"][0]),
            icon=self.get_asset_url("favicon.svg"),
            theme_script=self._dated_asset(RUN_AFTER_OPENING),
            noscript_css=self._dated_asset(WITHOUT_SCRIPTS),
            preloads="\n".join(self._preloads(focus, choice.look.unit, words)),
        )

    def _scope(self, focus: int, look: Look) -> Scope:
        return self.organization.scope_showing(
            look.unit, focus, levels=self.settings.levels, most=self.settings.most_units
        )

    def _panel(self, choice: Choice) -> str:
        if choice.look.unit is None and not choice.unknown:
            return self._overview
        return panel_text(self.organization, choice)

    @cached_property
    def _overview(self) -> str:
        return panel_text(self.organization, Choice(Look()))

    def _dated_asset(self, path: str) -> str:
        """Return the address of an asset that Dash does not load by itself."""
        return f"{self.get_asset_url(path)}?m={int((ASSETS / path).stat().st_mtime)}"

    def _preloads(self, focus: int, unit: int | None, words: Words) -> list[str]:
        """Return links that make the browser fetch the first fragments while scripts still load."""
        wanted = [(kind, focus) for kind in AT_ONCE]
        wanted.append(("overview", 0) if unit is None else ("panel", unit))
        prefix = f"{self.config.requests_pathname_prefix}fragments/{self.edition}"
        query = f"{LANGUAGE}={words.language}"
        ids = self.organization.units["id"]
        return [
            f'<link rel="preload" as="fetch" crossorigin="anonymous" '
            f'href="{prefix}/{kind}/{quote(ids[number], safe=UNQUOTED)}.json?{query}">'
            for kind, number in wanted
        ]


def asked_words() -> Words:
    """Return the words in the language that the request asks for, or that its reader prefers."""
    preferred = [code for code, _ in request.accept_languages]
    return words_in(language_for(request.args.get(LANGUAGE, ""), preferred))


def _state(choice: Choice) -> str:
    """Return attributes of the document: what its styles have to know of the state."""
    view = f' data-view="{choice.view}"' if choice.view else ""
    return f'{view} data-layout="{choice.look.layout}"'


def asked_in(parameters: Mapping[str, str], organization: Organization) -> tuple[int, Choice]:
    """Return the focus and the choice in an address; what cannot be understood is left out."""

    def one_of(values: Iterable[str], name: str) -> str:
        value = parameters.get(name, "")
        return value if value in values else ""

    def some_of(values: Iterable[str], name: str) -> tuple[str, ...]:
        asked = set(parameters.get(name, "").split(SEPARATOR))
        return tuple(value for value in values if value in asked)

    named = parameters.get("unit", "")
    unit = organization.find(named)
    to = organization.find(parameters.get("to", ""))
    look = Look(
        unit=unit,
        layout=Layout(one_of((layout for layout, _ in LAYOUTS), "layout") or Layout.TREE),
        all_links=parameters.get("links") == "all",
        references=parameters.get("references") == "shown",
        to=to if to != unit else None,
        types=some_of(organization.types, "types"),
        themes=some_of(organization.themes, "themes"),
    )
    focus = organization.find(parameters.get("focus", "")) or 0
    view = one_of((view for view, _ in views_of(organization)), "view")
    by = "references" if parameters.get("by") == By.REFERENCES else ""
    return focus, Choice(look, view, by, unknown=named[:LONGEST_NAME] if unit is None else "")


def _add_health(server: Flask, organization: Organization, edition: str) -> None:
    read = datetime.now(UTC).isoformat(timespec="seconds")

    @server.get("/healthz")
    def healthz() -> ResponseReturnValue:
        return jsonify(
            version=edition,
            units=len(organization),
            read=read,
            problems=[str(problem) for problem in organization.problems],
        )
