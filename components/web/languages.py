"""The language of a response."""

from __future__ import annotations

from flask import Response, after_this_request, request

from components.model.organization import Organization
from components.words import LANGUAGE, Words, language_for, language_of, words_in


def request_words(organization: Organization) -> Words:
    """Return the words about an organization in the language of the address.

    Without one, it is the language that the reader prefers.
    """
    preferred = [code for code, _ in request.accept_languages]
    return words_in(language_for(request.args.get(LANGUAGE, ""), preferred)).about(organization)


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
