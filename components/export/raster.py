"""SVG becomes PNG or PDF; also a program that does so for another process.

Both libraries hold Python's lock while they draw, half a second for a large picture, so a server
lets another process do it (``workers.py``). That process imports this file and nothing else of
Remit: it starts in some hundredths of a second and stays small.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import cache
from typing import BinaryIO

import resvg_py
import svg2pdf_py

NO_CHARACTER = "\U0010ffff"
"""It will never be one, so no font has a glyph for it."""
FAMILY = "FiraGO"


def render(
    svg: str, form: str, width: int, foreign: str, fonts: Sequence[str]
) -> tuple[bytes, str]:
    """Return a file, and which of the ``foreign`` characters no font can draw.

    ``form`` is ``png``, of ``width`` pixels, or ``pdf``, with text as text; any other is the SVG
    itself. ``fonts`` are paths of font files; those of the system are loaded only for the
    characters that these lack.

    Raises:
        ValueError: this is no SVG.
    """
    paths, system = tuple(fonts), bool(foreign)
    lost = "".join(each for each in foreign if not _can_be_drawn(each, paths))
    if form == "png":
        png = resvg_py.svg_to_bytes(
            svg_string=svg,
            width=width,
            font_files=list(paths),
            font_family=FAMILY,
            sans_serif_family=FAMILY,
            skip_system_fonts=not system,
        )
        return png, lost
    if form == "pdf":
        return bytes(svg2pdf_py.svg_to_pdf(svg, _fonts(paths, system=system))), lost
    return svg.encode(), lost


@cache
def _fonts(paths: Sequence[str], *, system: bool) -> svg2pdf_py.FontDatabase:
    fonts = svg2pdf_py.FontDatabase()
    if system:
        fonts.load_system_fonts()
    for path in paths:
        fonts.load_font_file(path)
    return fonts


@cache
def _can_be_drawn(character: str, paths: Sequence[str]) -> bool:
    """Tell whether a character looks like something else than one that is none."""
    return _outline(character, paths) != _outline(NO_CHARACTER, paths)


def _outline(character: str, paths: Sequence[str]) -> bytes:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
        f'<text x="2" y="15" font-family="{FAMILY}">{character}</text></svg>'
    )
    outlines = svg2pdf_py.ConversionOptions(embed_text=False)
    return bytes(svg2pdf_py.svg_to_pdf(svg, _fonts(paths, system=True), outlines))


def answer(asked: BinaryIO, answers: BinaryIO) -> None:
    """Render what is asked for until nothing more comes.

    Each question is a line of JSON with the arguments of ``render``; each answer a line with
    ``length``, ``missing`` and ``error``, then so many bytes.
    """
    for line in asked:
        data, missing, error = b"", "", ""
        try:
            data, missing = render(**json.loads(line))
        except ValueError as refused:
            error = str(refused)
        head = {"length": len(data), "missing": missing, "error": error}
        answers.write(json.dumps(head).encode() + b"\n" + data)
        answers.flush()


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer)
