"""The fonts of the diagrams, for the page."""

from __future__ import annotations

from flask import Blueprint, Response

from components.diagrams.fonts import drawing_font


def fonts_blueprint() -> Blueprint:
    """Return the route of the regular and the bold font."""
    blueprint = Blueprint("fonts", __name__)

    @blueprint.get("/fonts/<any(regular, bold):weight>.woff2")
    def font(weight: str) -> Response:
        data = drawing_font(bold=weight == "bold", flavour="woff2")
        response = Response(data, mimetype="font/woff2")
        response.headers["Cache-Control"] = "public, max-age=31536000"
        return response

    return blueprint
