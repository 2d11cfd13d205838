"""The page in each of its languages: which one is asked for, and what is answered in it."""

from __future__ import annotations

from dash import Dash
from flask import Blueprint, Response, after_this_request, redirect, request
from flask.typing import ResponseReturnValue

from components.views.page import page
from components.web.editions import Edition, Editions
from components.web.fragments import FOR_EVER, to_json
from components.words import LANGUAGE, Words, language_for, language_of, languages, words_in


def asked_words() -> Words:
    """Return the words in the language that the request asks for, or that its reader prefers."""
    preferred = [code for code, _ in request.accept_languages]
    return words_in(language_for(request.args.get(LANGUAGE, ""), preferred))


def kept_language() -> dict[str, str]:
    """Return the parameter with the language that the request asks for, if any: links keep it."""
    language = language_of([request.args.get(LANGUAGE, "")])
    return {LANGUAGE: language} if language else {}


def tell_language(words: Words) -> None:
    """Let the answer to this request tell its language, and caches whether the reader chose it."""

    @after_this_request
    def headers(response: Response) -> Response:
        response.headers["Content-Language"] = words.language
        if not kept_language():
            response.vary.add("Accept-Language")
        return response


def prefix_of(edition: Edition, words: Words) -> str:
    """Return what the addresses that Dash's renderer asks for begin with, in a document.

    It adds no query to its addresses, but begins them with the ``requests_pathname_prefix`` that a
    document gives it: so the layout is in the language of the document, and of its edition.
    """
    return f"{words.language}/{edition.name}/"


def languages_blueprint(app: Dash, editions: Editions) -> Blueprint:
    """Return the routes of what Dash's renderer asks for under a language and an edition.

    Only the layout has words and data in it; all else is always the same. An edition that is not
    answered for any more gets the current one: the page then goes over to that.
    """
    blueprint = Blueprint(
        "languages", __name__, url_prefix=f"/<any({', '.join(languages())}):language>/<version>"
    )

    @blueprint.get("/_dash-layout")
    def layout(language: str, version: str) -> Response:
        edition = editions.find(version)
        now = edition or editions.snapshot.current
        text = now.texts.get_or_compute(
            ("layout", language), lambda: to_json(page(now.organization, words_in(language)))
        )
        response = Response(text, mimetype="application/json")
        response.headers["Content-Language"] = language
        response.headers["Cache-Control"] = FOR_EVER if edition else "no-store"
        return response

    @blueprint.get("/_dash-dependencies")
    def dependencies(**_path: str) -> ResponseReturnValue:
        answer: ResponseReturnValue = app.dependencies()
        return answer

    @blueprint.get("/_dash-component-suites/<path:script>")
    def component_suite(script: str, **_path: str) -> ResponseReturnValue:
        prefix: str = app.config.requests_pathname_prefix
        return redirect(f"{prefix}_dash-component-suites/{script}")

    return blueprint
