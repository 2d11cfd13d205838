"""The language of a response, and the page's layout in each language."""

from __future__ import annotations

from dash import Dash
from flask import Blueprint, Response, after_this_request, redirect, request
from flask.typing import ResponseReturnValue

from components.views.page import page
from components.web.editions import Editions
from components.web.fragments import to_json
from components.web.headers import CACHE_FOREVER
from components.words import LANGUAGE, Words, language_for, language_of, languages, words_in


def request_words() -> Words:
    """Return the words in the language of the address, or else the one that the reader prefers."""
    preferred = [code for code, _ in request.accept_languages]
    return words_in(language_for(request.args.get(LANGUAGE, ""), preferred))


def language_parameter() -> dict[str, str]:
    """Return the parameter for links that keep the language of the address; empty without one."""
    language = language_of([request.args.get(LANGUAGE, "")])
    return {LANGUAGE: language} if language else {}


def set_language_headers(words: Words) -> None:
    """Set ``Content-Language``, and ``Vary`` if the language depends on the reader's preference."""

    @after_this_request
    def headers(response: Response) -> Response:
        response.headers["Content-Language"] = words.language
        if not language_parameter():
            response.vary.add("Accept-Language")
        return response


def languages_blueprint(app: Dash, editions: Editions) -> Blueprint:
    """Return the routes that Dash's renderer requests, with a language and an edition before them.

    Only the layout depends on these. For an edition that is not served any more it is that of the
    current one, to which the page then switches.
    """
    blueprint = Blueprint(
        "languages", __name__, url_prefix=f"/<any({', '.join(languages())}):language>/<version>"
    )

    @blueprint.get("/_dash-layout")
    def layout(language: str, version: str) -> Response:
        requested = editions.find(version)
        edition = requested or editions.snapshot.current
        text = edition.texts.get_or_compute(
            ("layout", language), lambda: to_json(page(edition.organization, words_in(language)))
        )
        response = Response(text, mimetype="application/json")
        response.headers["Content-Language"] = language
        response.headers["Cache-Control"] = CACHE_FOREVER if requested else "no-store"
        return response

    @blueprint.get("/_dash-dependencies")
    def dependencies(**_path: str) -> ResponseReturnValue:
        response: ResponseReturnValue = app.dependencies()
        return response

    @blueprint.get("/_dash-component-suites/<path:script>")
    def component_suite(script: str, **_path: str) -> ResponseReturnValue:
        prefix: str = app.config.requests_pathname_prefix
        return redirect(f"{prefix}_dash-component-suites/{script}")

    return blueprint
