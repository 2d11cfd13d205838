"""Export of a picture: draw it as SVG, render it in the requested format, check the result."""

from __future__ import annotations

import math
import struct
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from components.diagrams.picture import Picture
from components.diagrams.svg import NAMESPACE
from components.diagrams.text import missing_characters
from components.export.drawing import MAX_PIXELS, draw
from components.export.errors import REFUSED, RenderError
from components.export.options import Format, PictureOptions, Subject
from components.export.pages import Page, draw_pages
from components.export.parameters import OptionError
from components.words import words_in
from components.words.captions import view_title

MIN_WIDTH, MIN_SCALE = 3_000, 2.0
"""The least width in pixels, and pixels per CSS pixel, of a PNG with the default scale."""
PNG_START, PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
BYTES_PER_PIXEL, MAX_COMPRESSION = 4, 1_032
"""Bytes of an uncompressed pixel, and the largest compression ratio of Deflate."""
TEXT_LINE = f"{{{NAMESPACE}}}tspan"
INVISIBLE = {"Cc", "Cf", "Zl", "Zp", "Zs"}
"""Unicode categories without glyphs: controls, formats such as joiners, and separators."""
VARIATION_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))


@dataclass(frozen=True, slots=True)
class Job:
    """The arguments of ``raster.render``, except the fonts."""

    svg: str
    form: str
    width: int
    height: int
    across: float
    down: float
    foreign: str


Renderer = Callable[[Job], tuple[bytes, str]]
"""Returns the file, and those of the job's ``foreign`` characters that no font can draw."""


@dataclass(frozen=True, slots=True)
class Export:
    """A picture as a file."""

    data: bytes
    width: int
    """In pixels for a PNG, in CSS pixels for the others."""
    height: int
    missing: str
    """The characters in it that no font of this machine can draw; they are left blank."""
    pages: int = 1


def export(subject: Subject, options: PictureOptions, render: Renderer) -> Export:
    """Return a picture as a file; equal arguments give equal bytes with any renderer.

    Raises:
        OptionError: the picture would have too many pixels.
        RenderError: the picture could not be drawn, or the result is incomplete.
    """
    if options.format is Format.PDF:
        return _export_pdf(subject, options, render)
    picture = draw(subject, options)
    scale = _scale(picture, options)
    width, height = round(picture.width * scale), round(picture.height * scale)
    data, missing = _rendered(picture, options.format, width, height, render)
    if options.format is Format.PNG:
        _check_png(data, width, height)
    return Export(data, width, height, missing)


def _export_pdf(subject: Subject, options: PictureOptions, render: Renderer) -> Export:
    """Return a document with a page, or with one for each part of the organization."""
    # Importing pypdf takes a fifth of a second, and other formats need none of it.
    from components.export.document import document  # noqa: PLC0415

    pages = draw_pages(subject, options) if options.has_pages else [Page(draw(subject, options))]
    rendered = []
    missing: set[str] = set()
    for page in pages:
        width, height = round(page.picture.width), round(page.picture.height)
        data, blank = _rendered(page.picture, options.format, width, height, render)
        rendered.append(data)
        missing.update(blank)
    data = document(rendered, pages, _title(subject, options))
    first = pages[0].picture
    lacking = "".join(sorted(missing))
    return Export(data, round(first.width), round(first.height), lacking, len(pages))


def _rendered(
    picture: Picture, form: Format, width: int, height: int, render: Renderer
) -> tuple[bytes, str]:
    foreign = "".join(filter(_is_visible, missing_characters(_visible_text(picture.svg))))
    svg = picture.svg
    if form is Format.SVG:
        # Importing what makes subsets of fonts takes a tenth of a second.
        from components.export.embedded_fonts import with_fonts  # noqa: PLC0415

        svg = with_fonts(svg)
    # The size is rounded to whole pixels, and the scale adapted so that the picture covers them.
    across, down = width / picture.width, height / picture.height
    return render(Job(svg, form, width, height, across, down, foreign))


def _scale(picture: Picture, options: PictureOptions) -> float:
    """Return the pixels per CSS pixel of a PNG; 1 for vector formats."""
    if options.format is not Format.PNG:
        return 1
    most = math.sqrt(MAX_PIXELS / (picture.width * picture.height))
    if options.scale is None:
        return min(most, max(MIN_SCALE, MIN_WIDTH / picture.width))
    if options.scale > most:
        raise OptionError(
            f"A picture must have at most {MAX_PIXELS // 1_000_000} million pixels; "
            "ask for a smaller width, height or scale."
        )
    return options.scale


def _is_visible(character: str) -> bool:
    invisible = unicodedata.category(character) in INVISIBLE
    return not invisible and ord(character) not in VARIATION_SELECTORS


def _visible_text(svg: str) -> str:
    """Return the text that an SVG shows.

    Raises:
        RenderError: the SVG is not well-formed.
    """
    try:
        root = ET.fromstring(svg)  # noqa: S314  # our own, a moment ago
    except (ET.ParseError, UnicodeEncodeError):
        raise RenderError(REFUSED) from None
    return "".join(line.text or "" for line in root.iter(TEXT_LINE))


def _check_png(data: bytes, width: int, height: int) -> None:
    """Raise a ``RenderError`` unless the data is a complete PNG of the given size."""
    if not data.startswith(PNG_START) or not data.endswith(PNG_END):
        raise RenderError("What was drawn is no PNG.")
    if data[16:24] != struct.pack(">II", width, height):
        raise RenderError("The picture was drawn in another size.")
    if len(data) < width * height * BYTES_PER_PIXEL // MAX_COMPRESSION:
        raise RenderError("The picture was drawn in part only.")


def _title(subject: Subject, options: PictureOptions) -> str:
    """Return the title of a PDF: the organization, after what it shows unless that is the top."""
    scope = subject.scope(options.state, options.room(subject.organization))
    words = words_in(options.language).about(subject.organization)
    return view_title(scope, options.state.unit, words)
