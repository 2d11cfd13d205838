"""Search: who does what, by the words of a question."""

from __future__ import annotations

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from components.model.finder import Finder
from components.model.organization import Organization


def search_blueprint(organization: Organization) -> Blueprint:
    """Return the route of the search: hits with ``unit``, ``name`` and ``words``, best first."""
    blueprint = Blueprint("search", __name__)
    finder = Finder(organization)
    units = organization.units

    @blueprint.get("/search")
    def search() -> ResponseReturnValue:
        hits = finder.find(request.args.get("q", ""))
        return jsonify(
            hits=[
                {"unit": units["id"][hit.unit], "name": units["name"][hit.unit], "words": hit.words}
                for hit in hits
            ]
        )

    return blueprint
