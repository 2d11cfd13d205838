"""The font for the renderers."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from components.diagrams.fonts import drawing_font
from components.diagrams.text import CHARACTERS
from components.export.raster import render
from components.export.renderer_fonts import renderer_font

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="60">'
    '<text x="2" y="20" font-family="FiraGO" font-weight="{weight}">'
    "AVAToff fi Łódź Отдел – 12</text>"
    "</svg>"
)


@pytest.mark.parametrize("bold", [False, True])
def test_has_the_characters_of_the_font_that_the_page_draws_with(bold: bool) -> None:  # noqa: FBT001
    renderer, page = (
        set(TTFont(io.BytesIO(file)).getBestCmap())
        for file in (renderer_font(bold=bold), drawing_font(bold=bold))
    )

    assert renderer == page
    assert renderer <= CHARACTERS


@pytest.mark.parametrize("bold", [False, True])
def test_draws_what_the_font_of_the_page_draws(bold: bool, tmp_path: Path) -> None:  # noqa: FBT001
    pictures = []
    for name, file in (("renderer", renderer_font), ("page", drawing_font)):
        path = tmp_path / f"{name}.ttf"
        path.write_bytes(file(bold=bold))
        svg = SVG.format(weight=700 if bold else 400)
        pictures.append(
            render(
                svg=svg,
                form="png",
                width=600,
                height=60,
                across=1.0,
                down=1.0,
                foreign="",
                fonts=[str(path)],
            )[0]
        )

    renderer, page = pictures
    assert renderer == page


def test_is_reproducible() -> None:
    assert renderer_font(bold=False) == renderer_font(bold=False)
