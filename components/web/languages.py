"""The page in each of its languages: which one is asked for, and what is answered in it."""

from __future__ import annotations

from functools import cache

from dash import Dash
from flask import Blueprint, Response, after_this_request, redirect, request
from flask.typing import ResponseReturnValue

from components.model.organization import Organization
from components.views.page import page
from components.web.fragments import to_json
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


def languages_blueprint(app: Dash, organization: Organization) -> Blueprint:
    """Return the routes of what Dash's renderer asks for under the path of a language.

    It adds no query to its addresses, but begins them with the ``requests_pathname_prefix`` that a
    document gives it. Only the layout has words in it; all else is the same in every language.
    """
    blueprint = Blueprint(
        "languages", __name__, url_prefix=f"/<any({', '.join(languages())}):language>"
    )

    @cache
    def layout_in(language: str) -> str:
        return to_json(page(organization, words_in(language)))

    @blueprint.get("/_dash-layout")
    def layout(language: str) -> Response:
        response = Response(layout_in(language), mimetype="application/json")
        response.headers["Content-Language"] = language
        return response

    @blueprint.get("/_dash-dependencies")
    def dependencies(language: str) -> ResponseReturnValue:  # noqa: ARG001  # of the path
        answer: ResponseReturnValue = app.dependencies()
        return answer

    @blueprint.get("/_dash-component-suites/<path:script>")
    def component_suite(language: str, script: str) -> ResponseReturnValue:  # noqa: ARG001
        prefix: str = app.config.requests_pathname_prefix
        return redirect(f"{prefix}_dash-component-suites/{script}")

    return blueprint
