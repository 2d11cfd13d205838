"""Elements of an SVG text: shapes, blocks of text, and colours for one theme or for both."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, tostring

from components.diagrams.style import FONT_FALLBACK, LINE_HEIGHT, Theme
from components.diagrams.text import baselines

NAMESPACE = "http://www.w3.org/2000/svg"
NO_CHARACTERS = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 does not allow, not even escaped."""


def element(tag: str, *children: Element, text: str = "", **attributes: Any) -> Element:
    """Return an element; ``stroke_width=1.5`` is ``stroke-width="1.5"``, None leaves one out."""
    made = Element(
        tag,
        {
            name.rstrip("_").replace("_", "-"): _value(value)
            for name, value in attributes.items()
            if value is not None
        },
    )
    made.text = NO_CHARACTERS.sub("\N{REPLACEMENT CHARACTER}", text) or None
    made.extend(children)
    return made


def _value(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return NO_CHARACTERS.sub("", str(value))


def text_block(
    lines: Sequence[str],
    size: float,
    *,
    x: float,
    y: float,
    rotation: float = 0.0,
    **attributes: Any,
) -> Element:
    """Return lines of text around (x, y), turned clockwise by degrees."""
    turned = f" rotate({_value(rotation)})" if rotation else ""
    return element(
        "text",
        *(
            element("tspan", text=line, x=0, y=below)
            for line, below in zip(lines, baselines(len(lines), size), strict=True)
        ),
        transform=f"translate({_value(x)} {_value(y)}){turned}",
        text_anchor="middle",
        font_size=size,
        **attributes,
    )


def text_lines(
    lines: Iterable[str], size: float, *, x: float, y: float, **attributes: Any
) -> Element:
    """Return lines of text below each other, with their upper left corner at (x, y)."""
    return element(
        "text",
        *(
            element("tspan", text=line, x=x, y=y + size * (1 + LINE_HEIGHT * row))
            for row, line in enumerate(lines)
        ),
        font_size=size,
        **attributes,
    )


def linked_to(address: str, *children: Element) -> Element:
    """Return a link for the pointer; the keyboard has one to each unit in the outline."""
    return element("a", *children, href=address, tabindex=-1)


def placed(x: float, y: float) -> str:
    """Return the transformation that puts the origin at (x, y)."""
    return f"translate({x:.2f} {y:.2f})"


def themed_colour(colours: Mapping[Theme, str], theme: Theme | None) -> str:
    """Return the colour of a theme; without one, of whichever theme the page has (CSS Color 5)."""
    if theme is not None:
        return colours[theme]
    light, dark = colours[Theme.LIGHT], colours[Theme.DARK]
    return light if light == dark else f"light-dark({light}, {dark})"


def dash_array(dashes: Iterable[int]) -> str | None:
    """Return lengths of dashes and gaps as ``stroke-dasharray``; None for a solid line."""
    return " ".join(map(str, dashes)) or None


def svg_text(children: Iterable[Element], *, view_box: Sequence[float], **attributes: Any) -> str:
    """Return a whole SVG text."""
    root = element(
        "svg",
        *children,
        viewBox=" ".join(_value(float(number)) for number in view_box),
        font_family=FONT_FALLBACK,
        font_kerning="none",
        **attributes,
    )
    return tostring(root, encoding="unicode")
