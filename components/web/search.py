"""Search: who does what, by the words of a question."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from components.model.finder import Finder, Hit, Marks
from components.model.organization import Organization


def search_blueprint(organization: Organization) -> Blueprint:
    """Return the route of the search.

    It answers ``hits``, best first, and whether they are only ``near``: then nothing matched. A
    hit has the ``unit``, its ``name`` and ``acronym``, its ``chain`` of units from the top down to
    its parent, and what ``matched``: ``name_marks`` in the name, and the text with ``marks`` that
    says more than the name. Marks are beginnings and ends in UTF-16 code units, as in JavaScript.
    """
    blueprint = Blueprint("search", __name__)
    finder = Finder(organization)

    @blueprint.get("/search")
    def search() -> ResponseReturnValue:
        found = finder.find(request.args.get("q", ""))
        return jsonify(hits=[_told(organization, hit) for hit in found.hits], near=found.near)

    return blueprint


def _told(organization: Organization, hit: Hit) -> dict[str, Any]:
    """Return a hit as JSON."""
    units, matched = organization.units, hit.matched
    name = units["name"][hit.unit]
    return {
        "unit": units["id"][hit.unit],
        "name": name,
        "acronym": units["acronym"][hit.unit],
        "chain": [
            {"unit": units["id"][unit], "name": organization.label(unit)}
            for unit in organization.ancestors(hit.unit)
        ],
        "name_marks": _utf16(name, hit.marks),
        "matched": matched
        and {
            "kind": matched.kind,
            "text": matched.text,
            "marks": _utf16(matched.text, matched.marks),
        },
    }


def _utf16(text: str, marks: Marks) -> list[list[int]]:
    """Return marks counted in UTF-16 code units."""
    return [
        [len(text[:place].encode("utf-16-le")) // 2 for place in (start, end)]
        for start, end in marks
    ]
