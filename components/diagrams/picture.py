"""A scope as a picture: SVG text with title, legend, source, date and address (interface only)."""

from __future__ import annotations

from dataclasses import dataclass
from xml.sax.saxutils import escape

from components.diagrams.network import Layout
from components.diagrams.style import BACKGROUND, TEXT, Theme
from components.model.organization import Scope


@dataclass(frozen=True, slots=True)
class Picture:
    """An SVG text and its size in CSS pixels."""

    svg: str
    width: float
    height: float


def sunburst_picture(
    scope: Scope,
    *,
    theme: Theme,
    unit: int | None = None,
    width: int | None = None,
    height: int | None = None,
    address: str = "",
) -> Picture:
    return _stub(scope, "sunburst", theme, width or 1200, height or 848, address)


def network_picture(
    scope: Scope,
    *,
    theme: Theme,
    unit: int | None = None,
    layout: Layout = Layout.TREE,
    all_links: bool = False,
    references: bool = False,
    width: int | None = None,
    height: int | None = None,
    address: str = "",
) -> Picture:
    return _stub(scope, f"network {layout} {unit}", theme, width or 1200, height or 1000, address)


def _stub(scope: Scope, kind: str, theme: Theme, width: int, height: int, address: str) -> Picture:
    rows = "".join(
        f'<text x="40" y="{60 + 14 * n}" font-family="FiraGO" font-size="11" fill="{TEXT[theme]}">'
        f"{escape(scope.organization.units['name'][unit])}</text>"
        for n, unit in enumerate(scope.units)
    )
    return Picture(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><rect width="{width}" height="{height}" '
        f'fill="{BACKGROUND[theme]}"/><text x="40" y="40" fill="{TEXT[theme]}">{kind} '
        f"{escape(address)}</text>{rows}</svg>",
        width,
        height,
    )
