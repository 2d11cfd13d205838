"""What is asked for becomes a file: drawn, rendered, looked at before anybody gets it."""

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
from components.export.options import Format, OptionError, Options, Subject
from components.view_state import Diagram
from components.words import words_in

MAX_PIXELS = 64_000_000
"""Of a PNG: 256 MB while it is drawn."""
MIN_WIDTH = 3_000
"""Pixels of a PNG for which no scale is asked."""
MIN_SCALE = 2.0
"""Of a PNG for which none is asked: labels of a wide picture are as sharp as those of others."""
PNG_BEGINS, PNG_ENDS = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
BYTES_OF_A_PIXEL, MAX_PACKED = 4, 1_032
"""Deflate packs at most 1,032 bytes in one, so a smaller file is not a whole picture."""
TEXT_LINE = f"{{{NAMESPACE}}}tspan"
REFUSED = "The picture could not be drawn."
NEVER_DRAWN = {"Cc", "Cf", "Zl", "Zp", "Zs"}
"""Categories of characters without a glyph: spaces, joiners, marks of direction, ..."""
VARIATION_SELECTORS = (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0))
USED_KEPT = 64
"""So many sets of glyphs are kept as they were last embedded in an SVG."""


class RenderError(RuntimeError):
    """A picture cannot be made; the text is one sentence."""


class BusyError(RenderError):
    """A picture cannot be made now, since others have to be made first."""


@dataclass(frozen=True, slots=True)
class Job:
    """What ``raster.render`` takes, but for the fonts."""

    svg: str
    form: str
    width: int
    height: int
    across: float
    down: float
    foreign: str


Renderer = Callable[[Job], tuple[bytes, str]]
"""Returns a file, and which of the job's ``foreign`` characters no font can draw."""


@dataclass(frozen=True, slots=True)
class Export:
    """A picture as a file."""

    data: bytes
    width: int
    """In pixels for a PNG, in CSS pixels for the others."""
    height: int
    missing: str
    """The characters in it that no font here can draw; they are left blank."""


def export(subject: Subject, options: Options, render: Renderer) -> Export:
    """Return a picture as a file: the same bytes for the same arguments, whoever renders.

    Raises:
        OptionError: it would have too many pixels.
        RenderError: it could not be drawn, or is not what it should be.
    """
    picture = draw(subject, options)
    foreign = "".join(
        each for each in missing_characters(_drawn_text(picture.svg)) if _has_a_glyph(each)
    )
    scale = _scale(picture, options)
    width, height = round(picture.width * scale), round(picture.height * scale)
    svg = _standing_alone(picture.svg) if options.format is Format.SVG else picture.svg
    # Whole pixels, all of them covered: what is left of half a pixel goes into the scale.
    across, down = width / picture.width, height / picture.height
    job = Job(svg, options.format, width, height, across, down, foreign)
    data, missing = render(job)
    if options.format is Format.PNG:
        _check_png(data, width, height)
    elif options.format is Format.PDF:
        data = _titled_pdf(data, _title(subject, options))
    return Export(data, width, height, missing)


def draw(subject: Subject, options: Options) -> Picture:
    """Return a picture as SVG text with its size."""
    tree = tree_of(subject.scope(options.state), words_in(options.language))
    marks = marks_of(tree, options.state, subject.index)
    size = (options.width, options.height)
    address = address_of(subject, options)
    if options.diagram is Diagram.SUNBURST:
        return sunburst_picture(tree, marks, theme=options.theme, size=size, address=address)
    return network_picture(
        tree, options.state, marks, theme=options.theme, size=size, address=address
    )


def _scale(picture: Picture, options: Options) -> float:
    """Return how many pixels of a PNG a CSS pixel is; 1 for the others, which have none."""
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


def _has_a_glyph(character: str) -> bool:
    invisible = unicodedata.category(character) in NEVER_DRAWN
    return not invisible and ord(character) not in VARIATION_SELECTORS


def _standing_alone(svg: str) -> str:
    """Return an SVG with the glyphs that it uses, so that it looks the same everywhere."""
    used = frozenset(map(ord, svg))
    faces = [_font_face(used, bold=bold) for bold in (False, True)]
    style = f"<style>{''.join(faces)}</style>"
    return re.sub(r"<svg\b[^>]*>", lambda opening: opening[0] + style, svg, count=1)


@lru_cache(USED_KEPT)
def _font_face(characters: frozenset[int], *, bold: bool) -> str:
    font = subset_font(drawing_font(bold=bold), characters, "woff")
    return (
        f"@font-face{{font-family:{FONT};font-weight:{'600 700' if bold else '400'};"
        f"src:url(data:font/woff;base64,{base64.b64encode(font).decode()}) format('woff')}}"
    )


def _drawn_text(svg: str) -> str:
    """Return the text that is to be seen in an SVG, which has to be well-formed."""
    try:
        root = ET.fromstring(svg)  # noqa: S314  # our own, a moment ago
    except (ET.ParseError, UnicodeEncodeError):
        raise RenderError(REFUSED) from None
    return "".join(each.text or "" for each in root.iter(TEXT_LINE))


def _check_png(data: bytes, width: int, height: int) -> None:
    """Refuse what is no whole PNG of this size."""
    if not data.startswith(PNG_BEGINS) or not data.endswith(PNG_ENDS):
        raise RenderError("What was drawn is no PNG.")
    if data[16:24] != struct.pack(">II", width, height):
        raise RenderError("The picture was drawn in another size.")
    if len(data) < width * height * BYTES_OF_A_PIXEL // MAX_PACKED:
        raise RenderError("The picture was drawn in part only.")


def _title(subject: Subject, options: Options) -> str:
    """Return what stands on a reader's tab: the unit, if one is in view, and the organization."""
    organization = subject.organization
    unit = options.state.focus if options.state.unit is None else options.state.unit
    names = [organization.units["name"][unit]] if unit else []
    return " – ".join([*names, organization.about.title])


def _titled_pdf(data: bytes, title: str) -> bytes:
    """Return a PDF with a title, its resources in order: svg2pdf shuffles them at every call."""
    try:
        (page,) = PdfReader(io.BytesIO(data), strict=True).pages
        _put_in_order(page)
        writer = PdfWriter()
        writer.add_page(page)
        writer.add_metadata({"/Title": title})
        written = io.BytesIO()
        writer.write(written)
    except (PyPdfError, KeyError, ValueError):
        raise RenderError("What was drawn is no whole PDF.") from None
    return written.getvalue()


def _put_in_order(drawn: DictionaryObject) -> None:
    """Sort the resources of a page, or of a part of it that is drawn by itself."""
    resources = drawn.get("/Resources", {})
    for kind, named in resources.items():
        if isinstance(named, DictionaryObject):
            resources[kind] = DictionaryObject(sorted(named.items()))
    for part in resources.get("/XObject", {}).values():
        _put_in_order(part.get_object())
