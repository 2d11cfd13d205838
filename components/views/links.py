"""Links that work as plain addresses; those to units the page's scripts follow in place."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html

from components.model.organization import Organization
from components.views.attributes import data


def unit_link(organization: Organization, unit: int, label: str = "") -> html.A:
    """Return a link that selects a unit."""
    identity = organization.units["id"][unit]
    return html.A(
        label or organization.units["name"][unit],
        href=f"?{urlencode({'unit': identity})}",
        **data(unit=identity),
    )


def focus_link(organization: Organization, unit: int, label: str) -> html.A:
    """Return a link that makes a unit the centre of the diagrams."""
    identity = organization.units["id"][unit]
    return html.A(label, href=f"?{urlencode({'focus': identity})}", **data(focus_on=identity))


def full_page_link() -> html.A:
    """Return the link from an embed to the full page; scripts keep it to what is seen."""
    return html.A(
        "Open the full page ↗", href="./", target="_blank", rel="noopener", className="full-page"
    )
