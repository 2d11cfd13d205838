"""Links that work as plain addresses; those to units the page's scripts follow in place."""

from __future__ import annotations

from urllib.parse import urlencode

from dash import html

from components.model.organization import Organization
from components.views.attributes import data


def unit_address(organization: Organization, unit: int) -> str:
    """Return the address, on any page, that selects a unit."""
    return f"?{urlencode({'unit': organization.units['id'][unit]})}"


def focus_address(organization: Organization, unit: int) -> str:
    """Return the address, on any page, that puts a unit in the centre."""
    return f"?{urlencode({'focus': organization.units['id'][unit]})}"


def picture_address(organization: Organization, unit: int) -> str:
    """Return the address of a picture of what a unit is linked to."""
    return f"export/network.png?{urlencode({'unit': organization.units['id'][unit]})}"


def unit_link(organization: Organization, unit: int, label: str = "") -> html.A:
    """Return a link that selects a unit."""
    return html.A(
        label or organization.units["name"][unit],
        href=unit_address(organization, unit),
        **data(unit=organization.units["id"][unit]),
    )


def focus_link(organization: Organization, unit: int, label: str) -> html.A:
    """Return a link that makes a unit the centre of the diagrams."""
    return html.A(
        label,
        href=focus_address(organization, unit),
        **data(focus_on=organization.units["id"][unit]),
    )


def full_page_link() -> html.A:
    """Return the link from an embed to the full page; scripts keep it to what is seen."""
    return html.A(
        "Open the full page ↗", href="./", target="_blank", rel="noopener", className="full-page"
    )
