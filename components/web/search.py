"""Search: who does what, by the words of a question."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from components.model.organization import Organization
from components.search.finder import Hit
from components.search.highlight import Marks
from components.web.editions import Editions
from components.web.fragments import gone

VERSION = "version"
"""The parameter that names the edition to be searched; without it, it is the current one."""


def search_blueprint(editions: Editions) -> Blueprint:
    """Return the route of the search.

    It answers ``hits``, best first, and whether they are only ``near``: then nothing matched. A
    hit has the ``unit``, its ``name`` and ``acronym``, its ``chain`` of units from the top down to
    its parent, and what ``matched``: ``name_marks`` in the name, and the text with ``marks`` that
    says more than the name. Marks are beginnings and ends in UTF-16 code units, as in JavaScript.
    An edition that is not answered for gets 410, as for fragments.
    """
    blueprint = Blueprint("search", __name__)

    @blueprint.get("/search")
    def search() -> ResponseReturnValue:
        version = request.args.get(VERSION, "")
        edition = editions.find(version) if version else editions.current
        if edition is None:
            return gone(editions)
        found = edition.finder.find(request.args.get("q", ""))
        hits = [_told(edition.organization, hit) for hit in found.hits]
        return jsonify(hits=hits, near=found.near)

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
