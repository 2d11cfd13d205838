"""Links to units: they work as plain addresses, and the page's scripts follow them in place."""

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
