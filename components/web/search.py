"""The route of the search."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from components.model.organization import Organization
from components.model.text import heading_text
from components.search.finder import Hit
from components.search.highlight import Marks
from components.web.editions import Editions
from components.web.fragments import gone_response
from components.web.moments import edition_named, requested_edition

VERSION = "version"
"""The parameter that names the edition to be searched; without it, that of the day is."""


def search_blueprint(editions: Editions) -> Blueprint:
    """Return the route of the search.

    It answers ``hits``, the best first, and ``near``: whether nothing matched, so that they are
    only similar. A hit has the ``unit``, its ``name`` and ``acronym``, its ``chain`` of ancestors
    from the top down to the parent, and ``matched``: the text that matched, if it says more than
    the name. Of two states, ``change`` says that it is ``gone``, ``new`` or has ``moved``.
    ``name_marks`` and ``marks`` are the starts and ends of matches in UTF-16 code units,
    as JavaScript counts them. An edition that is not served is answered with 410. While the index
    of a large organization is being made, ``preparing`` is true, and only the units near its top
    are found.
    """
    blueprint = Blueprint("search", __name__)

    @blueprint.get("/search")
    def search() -> Response:
        version = request.args.get(VERSION, "")
        if version:
            edition = edition_named(editions, version)
            if edition.name != version:
                return gone_response(edition)
        else:
            edition = requested_edition(editions)
        finder, is_complete = edition.finder_at_hand()
        found = finder.find(request.args.get("q", ""))
        # What is only similar may be found exactly among all units.
        counted = found.hits if is_complete or not found.near else ()
        hits = [_hit_as_dict(edition.organization, hit) for hit in counted]
        if is_complete:
            return jsonify(hits=hits, near=found.near)
        response = jsonify(hits=hits, near=False, preparing=True)
        response.headers["Cache-Control"] = "no-store"
        return response

    return blueprint


def _hit_as_dict(organization: Organization, hit: Hit) -> dict[str, Any]:
    units, matched = organization.units, hit.matched
    name, history = units["name"][hit.unit], organization.history
    mark = history.mark(hit.unit) if history else None
    return {
        "unit": units["id"][hit.unit],
        "name": name,
        "acronym": units["acronym"][hit.unit],
        "chain": [
            {"unit": units["id"][unit], "name": organization.label(unit)}
            for unit in organization.ancestors(hit.unit)
        ],
        **({"change": mark} if mark else {}),
        "name_marks": _in_utf16(name, hit.marks),
        "matched": matched
        and {
            "kind": matched.kind,
            "heading": heading_text(matched.heading),
            "text": matched.text,
            "marks": _in_utf16(matched.text, matched.marks),
        },
    }


def _in_utf16(text: str, marks: Marks) -> list[list[int]]:
    """Return marks of a text in UTF-16 code units."""
    return [[len(text[:position].encode("utf-16-le")) // 2 for position in mark] for mark in marks]
