"""What others show of a link to a page: title, description and picture (https://ogp.me)."""

from __future__ import annotations

import html
from dataclasses import replace

from components.model.organization import Organization
from components.view_state import Diagram, parameters_of, query_of
from components.views.page import summary
from components.views.static_page import PageRequest
from components.words import DEFAULT, LANGUAGE

SIZE = {"width": 1200, "height": 630}
"""Pixels of the picture, as those who show previews ask for it."""


def preview(organization: Organization, address: str, request: PageRequest) -> str:
    """Return the elements of a document's head that say what it shows.

    ``address`` is where readers find the page, with a slash at its end; empty if that is not known.
    """
    about, units, state = organization.about, organization.units, request.state
    unit = state.focus if state.unit is None else state.unit
    title = f"{units['name'][unit]} – {about.title}" if unit else about.title
    said = units["summary"][unit] if unit else about.description
    description = said or f"{title}: {summary(organization, request.words)}"
    properties: dict[str, object] = {
        "og:type": "website",
        "og:site_name": about.title,
        "og:title": title,
        "og:description": description,
    }
    if address:
        shown = parameters_of(replace(state, q=""), organization)
        drawn = parameters_of(state.for_diagrams(Diagram.SUNBURST), organization)
        if request.words.language != DEFAULT:
            drawn[LANGUAGE] = request.words.language
        picture = query_of(drawn | {name: str(pixels) for name, pixels in SIZE.items()})
        properties |= {
            "og:url": f"{address}?{query_of(shown)}" if shown else address,
            "og:image": f"{address}export/sunburst.png?{picture}&scale=1",
            **{f"og:image:{side}": pixels for side, pixels in SIZE.items()},
            "og:image:alt": request.words("sunburst-of", name=title),
        }
    return "\n".join(
        [
            f"<title>{html.escape(title)}</title>",
            f'<meta name="description" content="{html.escape(description)}">',
            '<meta name="twitter:card" content="summary_large_image">',
            *(
                f'<meta property="{name}" content="{html.escape(str(value))}">'
                for name, value in properties.items()
            ),
        ]
    )
