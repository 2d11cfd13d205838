"""SVG becomes PNG or PDF; also a program that does so for another process.

Both libraries hold Python's lock while they draw, some tenths of a second for a large picture, so
a server lets another process do it (``workers.py``). That process imports this file and nothing
else of Remit: it starts in some hundredths of a second and stays small.
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

NO_CHARACTER = "\U0010ffff"
"""It will never be one, so no font has a glyph for it."""
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
STYLED = re.compile(
    "bold|black|heavy|medium|light|thin|italic|oblique|condensed|mono|serif|math", re.IGNORECASE
)
"""What is in the names of fonts that are not the plain one of a family without serifs."""


def render(  # noqa: PLR0913  # a job's own parts
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
    """Return a file, and which of the ``foreign`` characters no font can draw.

    ``form`` is ``png``, of ``width`` by ``height`` pixels, with ``across`` and ``down`` as many in
    a CSS pixel; or ``pdf``, with text as text; any other is the SVG itself. ``fonts`` are paths of
    font files; those of the system are loaded only for the characters that these lack.
    """
    paths, system = tuple(fonts), bool(foreign)
    lost = "".join(each for each in foreign if not _can_be_drawn(each, paths))
    # Both libraries look no further in a line of text once no font has one of its characters.
    drawn = svg.translate(dict.fromkeys(map(ord, lost), BLANK))
    if form == "png":
        tree = resvg.usvg.Tree.from_str(drawn, _resvg_options(paths, system=system))
        scaled = (across, 0.0, 0.0, 0.0, down, 0.0)
        return resvg.render(tree, scaled, bg_size=(width, height)), lost
    if form == "pdf":
        return bytes(svg2pdf_py.svg_to_pdf(drawn, _fonts(paths, system=system))), lost
    return svg.encode(), lost


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
    """Return the paths of this machine's fonts, plain ones first.

    A character is drawn with the first font that has it, so in the order of the disk, in which the
    libraries would load them, it might be a bold or a slanted one.
    """
    folders = map(os.path.expanduser, FONT_FOLDERS)  # unlike Path's it does without a home
    files = (path for folder in folders for path in Path(folder).rglob("*"))
    fonts = (path for path in files if path.suffix.lower() in FONT_ENDINGS and path.is_file())
    return sorted(map(str, fonts), key=lambda path: (bool(STYLED.search(Path(path).stem)), path))


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
    ``length`` and ``missing``, then so many bytes. An error ends the process: whoever asked begins
    another, and this one's last words are in the server's log.
    """
    for line in asked:
        data, missing = render(**json.loads(line))
        head = {"length": len(data), "missing": missing}
        answers.write(json.dumps(head).encode() + b"\n" + data)
        answers.flush()


if __name__ == "__main__":
    answer(sys.stdin.buffer, sys.stdout.buffer)
    # Who asked is gone, perhaps without a chance to put the fonts away.
    shutil.rmtree(sys.argv[1], ignore_errors=True)
