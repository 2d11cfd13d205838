"""Rendering SVG as PNG or PDF, in this process or as a program for another one.

Both libraries hold Python's global lock while they draw, for some tenths of a second, so a server
renders in other processes (``workers.py``). They run this file and import nothing else of Remit,
so that they start quickly and stay small.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import BinaryIO

import resvg
import svg2pdf_py

NONCHARACTER = "\U0010ffff"
"""A code point that Unicode never assigns, so no font has a glyph for it."""
BLANK = "\u00a0"
FAMILY = "FiraGO"
FONT_FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "~/Library/Fonts",
    "C:/Windows/Fonts",
)
FONT_ENDINGS = {".ttf", ".otf", ".ttc", ".otc"}
STYLES = re.compile(
    "bold|black|heavy|medium|light|thin|italic|oblique|condensed|mono|serif|math", re.IGNORECASE
)
"""Parts of the file names of fonts that are not a regular sans-serif."""


def render(  # noqa: PLR0913  # the fields of a job
    *,
    svg: str,
    form: str,
    width: int,
    height: int,
    across: float,
    down: float,
    foreign: str,
    fonts: Sequence[str],
) -> tuple[bytes, str]:
    """Return a file, and those of the ``foreign`` characters that no font can draw.

    ``form`` is ``png``, ``pdf``, or ``svg`` for the SVG itself. A PNG has ``width`` by ``height``
    pixels; ``across`` and ``down`` are its pixels per CSS pixel. ``fonts`` are paths of font files,
    and ``foreign`` the characters that they lack; without any, system fonts are not loaded.
    """
    paths, system = tuple(fonts), bool(foreign)
    missing = "".join(character for character in foreign if not _has_glyph(character, paths))
    # Both libraries draw no glyph of a line after a character that no font has.
    drawable = svg.translate(dict.fromkeys(map(ord, missing), BLANK))
    if form == "png":
        tree = resvg.usvg.Tree.from_str(drawable, _resvg_options(paths, system=system))
        matrix = (across, 0.0, 0.0, 0.0, down, 0.0)
        return resvg.render(tree, matrix, bg_size=(width, height)), missing
    if form == "pdf":
        return bytes(svg2pdf_py.svg_to_pdf(drawable, _fonts(paths, system=system))), missing
    return svg.encode(), missing


@cache
def _resvg_options(paths: Sequence[str], *, system: bool) -> resvg.usvg.Options:
    options = resvg.usvg.Options.default()
    options.font_family = FAMILY
    for path in (*paths, *(system_fonts() if system else ())):
        options.load_font_file(path)
    return options


@cache
def _fonts(paths: Sequence[str], *, system: bool) -> svg2pdf_py.FontDatabase:
    fonts = svg2pdf_py.FontDatabase()
    for path in (*paths, *(system_fonts() if system else ())):
        fonts.load_font_file(path)
    return fonts


@cache
def system_fonts() -> Sequence[str]:
    """Return the paths of this machine's fonts, regular ones first.

    A character is drawn in the first font that has it. The libraries would load fonts in the order
    of the file system, so that it might be drawn bold or italic.
    """
    folders = map(os.path.expanduser, FONT_FOLDERS)  # Path.expanduser fails without a home folder
    files = (path for folder in folders for path in Path(folder).rglob("*"))
    fonts = (path for path in files if path.suffix.lower() in FONT_ENDINGS and path.is_file())
    return sorted(map(str, fonts), key=lambda path: (bool(STYLES.search(Path(path).stem)), path))


@cache
def _has_glyph(character: str, paths: Sequence[str]) -> bool:
    """Return whether a character is drawn differently from a noncharacter."""
    return _outline(character, paths) != _outline(NONCHARACTER, paths)


def _outline(character: str, paths: Sequence[str]) -> bytes:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="20">'
        f'<text x="2" y="15" font-family="{FAMILY}">{character}</text></svg>'
    )
    outlines = svg2pdf_py.ConversionOptions(embed_text=False)
    return bytes(svg2pdf_py.svg_to_pdf(svg, _fonts(paths, system=True), outlines))


def answer(requests: BinaryIO, responses: BinaryIO) -> None:
    """Render pictures until the requests end.

    A request is a line of JSON with the arguments of ``render``. A response is a line of JSON with
    ``length`` and ``missing``, followed by ``length`` bytes. An error ends the process and prints
    a traceback, which is then in the log of the server.
    """
    for line in requests:
        data, missing = render(**json.loads(line))
        header = {"length": len(data), "missing": missing}
        responses.write(json.dumps(header).encode() + b"\n" + data)
        responses.flush()


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer)
    # The server has ended, perhaps without deleting the fonts.
    shutil.rmtree(sys.argv[1], ignore_errors=True)
