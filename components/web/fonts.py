"""The diagrams' font for the page: the same file that labels are measured with, made small."""

from __future__ import annotations

import io
from functools import cache

from flask import Blueprint, Response
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from components.diagrams.text import CHARACTERS, font_file


@cache
def web_font(*, bold: bool) -> bytes:
    """Return the font as WOFF, without kerning: a width on the page is the sum of its advances."""
    font = TTFont(io.BytesIO(font_file(bold=bold)), lazy=True)
    options = Options(layout_features=[], hinting=False)
    options.drop_tables += ["GSUB", "GPOS", "GDEF"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=sorted(CHARACTERS))
    subsetter.subset(font)
    font.flavor = "woff"
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def fonts_blueprint() -> Blueprint:
    """Return the routes of the regular and the bold font."""
    blueprint = Blueprint("fonts", __name__)

    @blueprint.get("/fonts/<any(regular, bold):weight>.woff")
    def font(weight: str) -> Response:
        response = Response(web_font(bold=weight == "bold"), mimetype="font/woff")
        response.headers["Cache-Control"] = "public, max-age=31536000"
        return response

    return blueprint
