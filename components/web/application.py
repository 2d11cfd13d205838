"""The web application: the page of an organization, and all routes."""

from __future__ import annotations

import html
import os
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property, partial
from http import HTTPStatus
from pathlib import Path
from string import Template
from typing import Any

from dash import Dash
from dash.development.base_component import Component
from dash.exceptions import DependencyException
from flask import Flask, Response, request

from components.callbacks import register_callbacks
from components.diagrams.rooms import ROOMS, default_room
from components.model.groups import focus_text
from components.model.organization import Organization
from components.settings import ANYONE, Settings
from components.view_state import (
    KEY_BY_NAME,
    MOMENT_KEYS,
    Diagram,
    InvalidValueError,
    ViewState,
    parameters_of,
    query_of,
    read_view_state,
    schema_for_scripts,
    scope_of_view,
)
from components.views import ids
from components.views.html_text import html_text
from components.views.moments import Moments, day_menu, fixed_day, moment_menu
from components.views.page import PageRequest
from components.views.problems import problems_list
from components.views.stage import stage
from components.views.static_page import (
    panel_text,
    static_page,
    static_parts,
    view_text,
)
from components.web.access_log import log_requests
from components.web.assets import (
    BUNDLES,
    FROZEN_MODULE,
    ICON,
    MAIN_MODULE,
    THEME_MODULE,
    Assets,
)
from components.web.compression import compress_responses, compressed_text, compressed_text_response
from components.web.data_files import data_files_blueprint
from components.web.editions import Edition, Editions
from components.web.embedding import (
    EMBED,
    EMBED_PARAMETERS,
    SELF,
    embed_attributes,
    embed_parameters,
    frame_ancestors,
    is_embed,
)
from components.web.exports import Exports, exports_blueprint
from components.web.fonts import fonts_blueprint
from components.web.fragments import ROOM, fragments_blueprint, to_json
from components.web.headers import content_security_policy, set_headers
from components.web.health import health_blueprint
from components.web.languages import (
    language_parameter,
    request_words,
    set_language_headers,
)
from components.web.moments import asks_for_no_moment, moment_of, shown_edition
from components.web.mounting import RemitBlueprint, not_found
from components.web.other_moments import MomentUnavailableError
from components.web.previews import preview
from components.web.proxies import behind_proxies, public_address
from components.web.responses import error_response
from components.web.rooms import ALL_ROOMS
from components.web.search import search_blueprint
from components.words import LANGUAGE, Words

DOCUMENT = Path(__file__).with_name("document.html")
LIBRARIES = (BUNDLES / "libraries.js").as_posix()
"""A smaller plotly.js, which keeps Dash from loading its own, and what it needs of its polyfill."""
NOSCRIPT_STYLES = "css/noscript.css"
UNNEEDED_SCRIPTS = re.compile(
    r'<script src="[^"]*/(deps/polyfill@|dash_table/|dash/html/)[^"]*"></script>\n?'
)
"""Scripts of Dash that the page does not need beside ``LIBRARIES``."""
REQUESTS_PREFIX = re.compile(r'("requests_pathname_prefix":)"[^"]*"')
RETRY_AFTER = 5
"""Seconds in which one of the states that are being read may be finished."""
PAGE_PARAMETERS = (*KEY_BY_NAME, *MOMENT_KEYS, LANGUAGE, *EMBED_PARAMETERS)
"""The parameters on which a page depends."""
MAX_NAME_LENGTH = 200
"""Characters of an unknown name that are compared with the names of units."""


@dataclass(frozen=True, slots=True)
class FrozenPage:
    """How a page differs that no server answers."""

    attributes: Mapping[str, str]
    """Data attributes of the root element: what is frozen, among that the rooms."""
    document: Path = DOCUMENT
    """The template of the HTML document."""


def create_app(  # noqa: PLR0913  # what others build on it with, each with a default
    shown: Organization | Editions,
    settings: Settings,
    *,
    server: Flask | None = None,
    prefix: str = "/",
    below_panel: Sequence[Component] = (),
    frozen: FrozenPage | None = None,
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
        frozen: how the page differs if no server will answer it; None if one will.
    """
    if server is None:
        server = Flask(__name__, static_folder=None)
        server.wsgi_app = behind_proxies(server.wsgi_app, settings)  # type: ignore[method-assign, assignment]
    editions = shown if isinstance(shown, Editions) else Editions(Edition(shown, settings))
    is_public = ANYONE in settings.framed_by
    blueprint = RemitBlueprint(prefix, has_callbacks=bool(below_panel), is_public=is_public)
    blueprint.before_request(editions.ensure_started)
    app = _Application(editions, settings, blueprint, frozen)
    app.layout = stage(below_panel)
    register_callbacks(app)
    exports = Exports(settings)
    address = partial(public_address, settings, prefix)
    server.extensions.setdefault("exports", ExitStack()).callback(exports.close)
    for routes in (
        app.assets.blueprint(),
        fragments_blueprint(editions, settings),
        fonts_blueprint(),
        search_blueprint(editions),
        exports_blueprint(exports, editions, address),
        data_files_blueprint(editions, settings, app.assets, address),
        health_blueprint(editions),
    ):
        blueprint.register_blueprint(routes, url_prefix=prefix)
    blueprint.add_url_rule(f"{prefix}{EMBED}", EMBED, app.index)
    _answer_errors_of_the_moment(blueprint)
    log_requests(blueprint, has_access_log=settings.access_log)
    set_headers(blueprint, app.policy, is_public=is_public)
    compress_responses(blueprint)
    server.register_blueprint(blueprint)
    app.server = app.backend.server = server
    return app


def _answer_errors_of_the_moment(blueprint: RemitBlueprint) -> None:
    """Answer requests for a moment that is not allowed, or cannot be shown now, in one line."""

    @blueprint.errorhandler(InvalidValueError)
    def not_allowed(error: InvalidValueError) -> Response:
        return error_response(HTTPStatus.BAD_REQUEST, str(error))

    @blueprint.errorhandler(MomentUnavailableError)
    def unavailable(error: MomentUnavailableError) -> Response:
        return error_response(HTTPStatus.SERVICE_UNAVAILABLE, str(error), retry_after=RETRY_AFTER)


class _Application(Dash):
    """Dash with our own HTML document."""

    def __init__(
        self,
        editions: Editions,
        settings: Settings,
        blueprint: RemitBlueprint,
        frozen: FrozenPage | None,
    ) -> None:
        self.frozen = frozen
        self.editions = editions
        self.settings = settings
        self.blueprint = blueprint
        self.assets = Assets()
        document = frozen.document if frozen else DOCUMENT
        self._template = Template(document.read_text(encoding="utf-8"))
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

    def index(self, *_args: object, **_kwargs: object) -> Response:
        """Return the page, which is made once for all who ask for the same."""
        edition = shown_edition(self.editions)
        words = request_words(edition.organization)
        set_language_headers(words)
        make: Callable[[], str] = super().index
        if self.blueprint.has_callbacks:  # each page has a secret of its own, which Dash signs
            page = compressed_text(make())
        else:
            arguments = tuple((name, request.args.get(name)) for name in PAGE_PARAMETERS)
            address = public_address(self.settings, self.blueprint.prefix)
            page = edition.pages.get_or_compute(
                (request.endpoint, words.language, edition.since, address, arguments),
                lambda: compressed_text(make()),
            )
        return compressed_text_response(page, "text/html")

    def interpolate_index(self, **text: str) -> str:  # type: ignore[override]
        """Return the document: the page as HTML, and what its scripts need."""
        edition = shown_edition(self.editions)
        words = request_words(edition.organization)
        organization, moment = edition.organization, moment_of(self.editions, edition)
        state = read_view_state(request.args, edition.index)
        unknown_unit = "" if state.unit is not None else request.args.get("unit", "")
        has_days = organization.has_periods and self.editions.has_files
        current_day = self._current_day(words) if has_days else ""
        requested = PageRequest(state, words, unknown_unit[:MAX_NAME_LENGTH], current_day)
        scope = scope_of_view(edition.index, state, ROOMS[default_room(state)])
        shown_state = replace(state.for_diagrams(*Diagram), view=state.view, sort=state.sort)
        parts = edition.static_parts.get_or_compute(
            (words.language, shown_state),
            lambda: static_parts(edition.index, scope, shown_state, words),
        )
        link_parameters = {
            **parameters_of(replace(state, q=""), organization),
            **moment,
            **embed_parameters(),
            **language_parameter(),
        }
        contents = {
            ids.DAY: self._day(organization, link_parameters, words),
            ids.MOMENTS: self._moments(edition, words),
            ids.PANEL: self._panel(edition, requested),
            ids.PROBLEMS_LIST: _problems(edition, words),
            **view_text(edition.index, scope, state, words),
        }
        address = "" if self.frozen else public_address(self.settings, self.blueprint.prefix)
        return self._template.substitute(
            config=_relative_config(text["config"]),
            renderer=text["renderer"],
            preview=preview(scope, address, requested, moment),
            page=static_page(edition.index, requested, parts, contents, link_parameters),
            styles=parts.styles,
            page_styles=self.assets.page_styles,
            noscript_address=self.assets.address(NOSCRIPT_STYLES),
            language=words.language,
            direction=words.direction,
            attributes=self._attributes(edition, requested, moment),
            moment=html.escape(f"?{query_of(moment)}" if moment else ""),
            words=_json_in_html(words.script),
            view_state=_json_in_html(schema_for_scripts(edition.index)),
            scripts=self._dash_scripts(text["scripts"]),
            icon=self.assets.address(ICON),
            main_module=self.assets.entry(MAIN_MODULE),
            theme_module=self.assets.entry(THEME_MODULE),
            preloads=self._preloads(edition, state, {LANGUAGE: words.language, **moment}),
            **self._frozen_head(),
        )

    def _frozen_head(self) -> Mapping[str, str]:
        """Return what the head of a frozen page has: its policy, and the module that runs first."""
        if self.frozen is None:
            return {"policy": "", "first_module": ""}
        policy = html.escape(content_security_policy(self._script_hashes))
        module = self.assets.entry(FROZEN_MODULE)
        return {
            "policy": f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            "first_module": f'<script type="module" src="{module}"></script>',
        }

    def _current_day(self, words: Words) -> str:
        """Return the name of the day that is shown by default."""
        at = self.settings.at
        return words.date(at.isoformat()) if at else words("today")

    def _day(self, organization: Organization, parameters: Mapping[str, str], words: Words) -> str:
        """Return the day, with the menu to choose another one if the files are at hand."""
        if not self.editions.has_files:
            return html_text(fixed_day(organization, words))
        is_refused = asks_for_no_moment(self.editions)
        return html_text(day_menu(organization, words, parameters, is_refused=is_refused))

    def _moments(self, edition: Edition, words: Words) -> str:
        """Return the choice between states."""
        editions = self.editions
        has_periods = editions.has_files and edition.organization.has_periods
        moments = Moments(
            edition.moment,
            editions.is_compared,
            has_periods,
            editions.days,
            compares=editions.has_files,
        )
        return html_text(moment_menu(moments, words))

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

    def _attributes(
        self, edition: Edition, requested: PageRequest, moment: Mapping[str, str]
    ) -> str:
        """Return data attributes of the root element, which styles and scripts read."""
        state = requested.state
        is_unselected = state.unit is None and not requested.unknown_unit
        attributes: dict[str, object] = {
            **edition.as_dict(),
            **moment,
            "follows": "" if self.editions.follows else None,
            **embed_attributes(self.settings.framed_by),
            "view": state.view or None,
            "layout": state.layout,
            "references": state.references,
            **(self.frozen.attributes if self.frozen else ALL_ROOMS.attributes()),
            "room": default_room(state),
            "sheet": "peek" if is_unselected else "half",
            "language": requested.words.foreign(edition.organization.about.language),
        }
        return "".join(
            f' data-{name}="{html.escape(str(value))}"'
            for name, value in attributes.items()
            if value is not None
        )

    def _dash_scripts(self, elements: str) -> str:
        """Return the elements of Dash's scripts with addresses relative to the page.

        Components of other developers may need any of them.
        """
        elements = elements.replace(f'src="{self.blueprint.prefix}', 'src="')
        if self.blueprint.has_callbacks or not self.assets.has(LIBRARIES):
            return elements
        libraries = f'<script src="{self.assets.address(LIBRARIES)}"></script>\n'
        return libraries + UNNEEDED_SCRIPTS.sub("", elements)

    def _preloads(self, edition: Edition, state: ViewState, query: dict[str, str]) -> str:
        """Return links that make a browser fetch modules and fragments while it reads the page.

        The addresses are letter for letter those that scripts request. ``query`` has the
        parameters of every fragment.
        """
        links = [
            f'<link rel="modulepreload" href="{self.assets.address(path)}">'
            for path in self.assets.modules
        ]
        if self.frozen:
            return "\n".join(links)
        organization = edition.organization
        colour = parameters_of(ViewState(colour=state.colour), organization)
        network = ViewState(colour=state.colour, layout=state.layout, open=state.open)
        chosen = parameters_of(state, organization)
        filters = {key: text for key, text in chosen.items() if key in state.filters}
        drawn = query | parameters_of(ViewState(size=state.size), organization)
        drawn[ROOM] = default_room(state)
        focus = focus_text(organization, state.focus)
        fragments = [
            ("network", focus, drawn | parameters_of(network, organization)),
            ("sunburst", focus, drawn | colour),
            ("network-style", organization.units["id"][0], query),
        ]
        if filters:
            fragments.append(("matches", focus, drawn | filters))
        for kind, text, parameters in fragments:
            path = f"fragments/{edition.name}/{kind}.json"
            address = html.escape(f"{path}?{query_of({'unit': text, **parameters})}")
            links.append(
                f'<link rel="preload" as="fetch" crossorigin="anonymous" href="{address}">'
            )
        return "\n".join(links)


def _relative_config(element: str) -> str:
    """Return Dash's configuration, for requests relative to the page.

    A proxy may serve the page below a path of which the server knows nothing.
    """
    return REQUESTS_PREFIX.sub(r'\1"./"', element, count=1)


def _problems(edition: Edition, words: Words) -> str:
    return edition.texts.get_or_compute(
        ("problems", words.language),
        lambda: html_text(problems_list(edition.organization, words)),
    )


def _json_in_html(content: Any) -> str:
    """Return JSON for a script element; no text in it can end the element."""
    return to_json(content).replace("<", "\\u003c")
