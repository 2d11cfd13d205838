"""The web application: one organization, everything that is answered about it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from string import Template
from urllib.parse import quote

from dash import Dash
from flask import Flask, jsonify, request
from flask.typing import ResponseReturnValue

from components.callbacks import register_callbacks
from components.model.organization import Organization
from components.settings import Settings
from components.views.page import page, summary
from components.web.embedding import EMBED, SELF, document_attributes, frame_ancestors
from components.web.fonts import fonts_blueprint
from components.web.fragments import OF_A_SCOPE, edition_of, fragments_blueprint
from components.web.headers import (
    content_security_policy,
    refuse_unknown_addresses,
    set_headers,
)
from components.web.search import search_blueprint

ASSETS = Path(__file__).parents[2] / "assets"
DOCUMENT = Path(__file__).with_name("document.html")
UNQUOTED = "!~*'()"
"""What ``encodeURIComponent`` leaves as it is: a preload must be the address that is asked for."""
RUN_IN_HEAD = "js/theme.js"
"""Sets the theme before the first paint; every other script is loaded by Dash."""
THEME_CHANGED = int((ASSETS / RUN_IN_HEAD).stat().st_mtime)


def create_app(organization: Organization, settings: Settings) -> Dash:
    """Return a Dash application that shows an organization; its ``server`` is for WSGI."""
    server = Flask(__name__, static_folder=None)
    edition = edition_of(organization, settings)
    app = _Application(organization, edition, settings.framed_by, server)
    app.layout = page(organization)
    register_callbacks(app)
    server.register_blueprint(fragments_blueprint(organization, edition, settings))
    server.register_blueprint(fonts_blueprint())
    server.register_blueprint(search_blueprint(organization))
    _add_health(server, organization, edition)
    server.add_url_rule(EMBED, "embed", app.index)
    hashes = app.csp_hashes()
    set_headers(
        server,
        content_security_policy(hashes, SELF),
        content_security_policy(hashes, frame_ancestors(settings.framed_by)),
    )
    refuse_unknown_addresses(server)
    return app


class _Application(Dash):
    """Dash with a document of our own around it."""

    def __init__(
        self,
        organization: Organization,
        edition: str,
        framed_by: Sequence[str],
        server: Flask,
    ) -> None:
        self.organization = organization
        self.edition = edition
        self.framed_by = framed_by
        self._template = Template(DOCUMENT.read_text(encoding="utf-8"))
        super().__init__(
            name="remit",
            server=server,  # type: ignore[arg-type]  # a Flask is what it takes
            assets_folder=str(ASSETS),
            assets_ignore=r"theme\.js$",
            title="Remit",
            update_title="",
        )

    def interpolate_index(self, **parts: str) -> str:  # type: ignore[override]
        """Return the document: what a reader without scripts needs, and how the page begins."""
        title = html.escape(self.organization.about.title)
        return self._template.substitute(
            **{name: parts[name] for name in ("css", "config", "scripts", "renderer")},
            title=title,
            summary=html.escape(summary(self.organization)),
            description=html.escape(self.organization.about.description),
            edition=self.edition,
            attributes=document_attributes(request.path, request.args, self.framed_by),
            top=html.escape(self.organization.units["id"][0]),
            icon=self.get_asset_url("favicon.svg"),
            theme_script=f"{self.get_asset_url(RUN_IN_HEAD)}?m={THEME_CHANGED}",
            preloads="\n".join(self._preloads()),
        )

    def _preloads(self) -> list[str]:
        """Return links that make the browser fetch the first fragments while scripts still load."""
        organization = self.organization
        focus = organization.find(request.args.get("focus", "")) or 0
        unit = organization.find(request.args.get("unit", ""))
        wanted = [(kind, focus) for kind in OF_A_SCOPE]
        wanted.append(("overview", 0) if unit is None else ("panel", unit))
        prefix = f"{self.config.requests_pathname_prefix}fragments/{self.edition}"
        return [
            f'<link rel="preload" as="fetch" crossorigin="anonymous" '
            f'href="{prefix}/{kind}/{quote(organization.units["id"][number], safe=UNQUOTED)}.json">'
            for kind, number in wanted
        ]


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
