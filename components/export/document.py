"""A PDF of one or several pages, with bookmarks, and links from page to page."""

from __future__ import annotations

import io
from collections.abc import Sequence

from pypdf import PdfReader, PdfWriter
from pypdf.annotations import Link
from pypdf.errors import PyPdfError
from pypdf.generic import DictionaryObject, Fit, IndirectObject

from components.export.errors import RenderError
from components.export.pages import Page

POINTS = 72 / 96
"""Points of a PDF per CSS pixel."""


def document(rendered: Sequence[bytes], pages: Sequence[Page], title: str) -> bytes:
    """Return a PDF of pages, each of which has been rendered in one point per CSS pixel.

    Raises:
        RenderError: what was rendered is no PDF of one page.
    """
    try:
        return _document(rendered, pages, title)
    except (PyPdfError, KeyError, ValueError):
        raise RenderError("What was drawn is no whole PDF.") from None


def _document(rendered: Sequence[bytes], pages: Sequence[Page], title: str) -> bytes:
    writer = PdfWriter()
    for data in rendered:
        (leaf,) = PdfReader(io.BytesIO(data), strict=True).pages
        _sort_resources(leaf)
        writer.add_page(leaf).scale_by(POINTS)
    writer.add_metadata({"/Title": title})
    if len(pages) > 1:
        _add_bookmarks(writer, pages)
        for number, page in enumerate(pages):
            _add_links(writer, number, page)
    written = io.BytesIO()
    writer.write(written)
    return written.getvalue()


def _add_bookmarks(writer: PdfWriter, pages: Sequence[Page]) -> None:
    bookmarks: list[IndirectObject] = []
    for number, page in enumerate(pages):
        parent = None if page.parent is None else bookmarks[page.parent]
        bookmarks.append(
            writer.add_outline_item(
                title=page.name, page_number=number, parent=parent, is_open=page.parent is None
            )
        )
    writer.page_mode = "/UseOutlines"


def _add_links(writer: PdfWriter, number: int, page: Page) -> None:
    height = page.picture.height
    for key, target in page.links.items():
        for box in page.picture.areas.get(key, ()):
            edges = (
                box.left,
                height - box.top - box.height,
                box.left + box.width,
                height - box.top,
            )
            left, bottom, right, top = (edge * POINTS for edge in edges)
            link = Link(
                rect=(left, bottom, right, top),
                border=[0, 0, 0],
                target_page_index=target,
                fit=Fit.fit(),
            )
            writer.add_annotation(number, link)


def _sort_resources(content: DictionaryObject) -> None:
    """Sort the resources of a page or a form XObject, and of those within it.

    The library that renders a page writes them in random order.
    """
    resources = content.get("/Resources", {})
    for kind, by_name in resources.items():
        if isinstance(by_name, DictionaryObject):
            resources[kind] = DictionaryObject(sorted(by_name.items()))
    for xobject in resources.get("/XObject", {}).values():
        _sort_resources(xobject.get_object())
