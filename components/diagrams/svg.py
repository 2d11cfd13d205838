"""Builders for SVG elements: shapes and text; colours for both themes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, tostring

from components.diagrams.style import FONT_FALLBACK, LINE_HEIGHT, Theme
from components.diagrams.text import baselines
from components.model.text import INVALID_XML

NAMESPACE = "http://www.w3.org/2000/svg"


def element(tag: str, *children: Element, text: str = "", **attributes: Any) -> Element:
    """Return an element; ``stroke_width`` is ``stroke-width``, attributes of None are left out.

    A trailing underscore is dropped, as in ``class_``.
    """
    node = Element(
        tag,
        {
            name.rstrip("_").replace("_", "-"): _attribute_text(value)
            for name, value in attributes.items()
            if value is not None
        },
    )
    node.text = INVALID_XML.sub("\N{REPLACEMENT CHARACTER}", text) or None
    node.extend(children)
    return node


def _attribute_text(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return INVALID_XML.sub("", str(value))


def text_block(
    lines: Sequence[str],
    size: float,
    *,
    x: float,
    y: float,
    rotation: float = 0.0,
    **attributes: Any,
) -> Element:
    """Return lines of text centred at (x, y), rotated clockwise by degrees."""
    rotate = f" rotate({_attribute_text(rotation)})" if rotation else ""
    return element(
        "text",
        *(
            element("tspan", text=line, x=0, y=baseline)
            for line, baseline in zip(lines, baselines(len(lines), size), strict=True)
        ),
        transform=f"translate({_attribute_text(x)} {_attribute_text(y)}){rotate}",
        text_anchor="middle",
        font_size=size,
        **attributes,
    )


def text_lines(
    lines: Iterable[str], size: float, *, x: float, y: float, **attributes: Any
) -> Element:
    """Return left-aligned lines of text with their top left corner at (x, y)."""
    return element(
        "text",
        *(
            element("tspan", text=line, x=x, y=y + size * (1 + LINE_HEIGHT * row))
            for row, line in enumerate(lines)
        ),
        font_size=size,
        **attributes,
    )


def translate(x: float, y: float) -> str:
    """Return the transformation that moves the origin to (x, y)."""
    return f"translate({x:.2f} {y:.2f})"


def light_dark(colours: Mapping[Theme, str]) -> str:
    """Return a colour for both themes, as ``light-dark()`` (CSS Color 5)."""
    light, dark = colours[Theme.LIGHT], colours[Theme.DARK]
    return light if light == dark else f"light-dark({light}, {dark})"


def dash_array(dashes: Iterable[float]) -> str | None:
    """Return a dash pattern as ``stroke-dasharray``; None for a solid line."""
    return " ".join(f"{length:g}" for length in dashes) or None


def svg_text(children: Iterable[Element], *, view_box: Sequence[float], **attributes: Any) -> str:
    """Return a complete SVG document, serialized."""
    root = element(
        "svg",
        *children,
        viewBox=" ".join(_attribute_text(float(number)) for number in view_box),
        font_family=FONT_FALLBACK,
        font_kerning="none",
        **attributes,
    )
    return tostring(root, encoding="unicode")
