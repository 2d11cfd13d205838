"""Export of a picture: draw it as SVG, render it in the requested format, check the result."""

from __future__ import annotations

import base64
import io
import math
import re
import struct
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree as ET

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject

from components.diagrams.fonts import drawing_font, subset_font
from components.diagrams.marks import marks_of
from components.diagrams.picture import Picture, network_picture, sunburst_picture
from components.diagrams.style import FONT
from components.diagrams.svg import NAMESPACE
from components.diagrams.text import missing_characters
from components.diagrams.tree import tree_of
from components.export.naming import address_of
from components.export.options import Format, OptionError, PictureOptions, Subject
from components.view_state import Diagram
from components.words import words_in

MAX_PIXELS = 64_000_000
"""Pixels of the largest PNG, which takes 256 MB while it is drawn."""
MIN_WIDTH, MIN_SCALE = 3_000, 2.0
"""The least width in pixels, and pixels per CSS pixel, of a PNG with the default scale."""
PNG_START, PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
BYTES_PER_PIXEL, MAX_COMPRESSION = 4, 1_032
"""Bytes of an uncompressed pixel, and the largest compression ratio of Deflate."""
TEXT_LINE = f"{{{NAMESPACE}}}tspan"
REFUSED = "The picture could not be drawn."
BUSY = "Many pictures are being drawn; please ask again in some seconds."
INVISIBLE = {"Cc", "Cf", "Zl", "Zp", "Zs"}
"""Unicode categories without glyphs: controls, formats such as joiners, and separators."""
VARIATION_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
MAX_CACHED_FONTS = 64
"""Font subsets that are cached for the next SVG with the same characters."""


class RenderError(RuntimeError):
    """A picture could not be rendered; the text is one sentence."""


class BusyError(RenderError):
    """No process was free to render the picture in time."""


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


def export(subject: Subject, options: PictureOptions, render: Renderer) -> Export:
    """Return a picture as a file; equal arguments give equal bytes with any renderer.

    Raises:
        OptionError: the picture would have too many pixels.
        RenderError: the picture could not be drawn, or the result is incomplete.
    """
    picture = draw(subject, options)
    foreign = "".join(filter(_is_visible, missing_characters(_visible_text(picture.svg))))
    scale = _scale(picture, options)
    width, height = round(picture.width * scale), round(picture.height * scale)
    svg = _with_fonts(picture.svg) if options.format is Format.SVG else picture.svg
    # The size is rounded to whole pixels, and the scale adapted so that the picture covers them.
    across, down = width / picture.width, height / picture.height
    job = Job(svg, options.format, width, height, across, down, foreign)
    data, missing = render(job)
    if options.format is Format.PNG:
        _check_png(data, width, height)
    elif options.format is Format.PDF:
        data = _titled_pdf(data, _title(subject, options))
    return Export(data, width, height, missing)


def draw(subject: Subject, options: PictureOptions) -> Picture:
    """Return a picture as SVG, with its size."""
    tree = tree_of(subject.scope(options.state), words_in(options.language))
    marks = marks_of(tree, options.state, subject.index)
    size = (options.width, options.height)
    address = address_of(subject, options)
    if options.diagram is Diagram.SUNBURST:
        return sunburst_picture(tree, marks, theme=options.theme, size=size, address=address)
    return network_picture(
        tree, options.state, marks, theme=options.theme, size=size, address=address
    )


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


def _with_fonts(svg: str) -> str:
    """Return an SVG with the glyphs of its text embedded, so that it looks the same everywhere."""
    used = frozenset(map(ord, svg))
    faces = [_font_face(used, bold=bold) for bold in (False, True)]
    style = f"<style>{''.join(faces)}</style>"
    return re.sub(r"<svg\b[^>]*>", lambda opening: opening[0] + style, svg, count=1)


@lru_cache(MAX_CACHED_FONTS)
def _font_face(characters: frozenset[int], *, bold: bool) -> str:
    font = subset_font(drawing_font(bold=bold), characters, "woff")
    return (
        f"@font-face{{font-family:{FONT};font-weight:{'600 700' if bold else '400'};"
        f"src:url(data:font/woff;base64,{base64.b64encode(font).decode()}) format('woff')}}"
    )


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
    """Return the title of a PDF: the organization, after the unit unless that is the top."""
    organization = subject.organization
    names = [organization.units["name"][options.unit]] if options.unit else []
    return " – ".join([*names, organization.about.title])


def _titled_pdf(data: bytes, title: str) -> bytes:
    """Return a PDF with a title and sorted resources, which svg2pdf writes in random order."""
    try:
        (page,) = PdfReader(io.BytesIO(data), strict=True).pages
        _sort_resources(page)
        writer = PdfWriter()
        writer.add_page(page)
        writer.add_metadata({"/Title": title})
        written = io.BytesIO()
        writer.write(written)
    except (PyPdfError, KeyError, ValueError):
        raise RenderError("What was drawn is no whole PDF.") from None
    return written.getvalue()


def _sort_resources(content: DictionaryObject) -> None:
    """Sort the resources of a page or a form XObject, and of those within it."""
    resources = content.get("/Resources", {})
    for kind, by_name in resources.items():
        if isinstance(by_name, DictionaryObject):
            resources[kind] = DictionaryObject(sorted(by_name.items()))
    for xobject in resources.get("/XObject", {}).values():
        _sort_resources(xobject.get_object())
