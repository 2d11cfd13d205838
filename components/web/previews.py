"""Previews of links: the title, description and picture of a page (https://ogp.me)."""

from __future__ import annotations

import html
from collections.abc import Mapping
from dataclasses import replace

from components.model.scope import Scope
from components.view_state import Diagram, parameters_of, query_of
from components.views.page import PageRequest, summary
from components.words import DEFAULT, LANGUAGE
from components.words.captions import view_title

SIZE = {"width": 1200, "height": 630}
"""Pixels; the size that sites recommend."""


def preview(scope: Scope, address: str, request: PageRequest, moment: Mapping[str, str]) -> str:
    """Return the title of a document, and the elements of its head for previews of links.

    ``address`` is where readers find the page, with a slash at its end; empty if unknown.
    ``moment`` has the parameters of addresses for what is shown.
    """
    organization, state = scope.organization, request.state
    about, units = organization.about, organization.units
    unit = scope.focus if state.unit is None else state.unit
    title = view_title(scope, state.unit, request.words)
    description = units["summary"][unit] if unit else about.description
    description = description or f"{title}: {summary(organization, request.words)}"
    properties: dict[str, object] = {
        "og:type": "website",
        "og:site_name": about.title,
        "og:title": title,
        "og:description": description,
    }
    if address:
        page_query = query_of({**parameters_of(replace(state, q=""), organization), **moment})
        picture = {**parameters_of(state.for_diagrams(Diagram.SUNBURST), organization), **moment}
        if request.words.language != DEFAULT:
            picture[LANGUAGE] = request.words.language
        picture |= {side: str(pixels) for side, pixels in SIZE.items()} | {"scale": "1"}
        properties |= {
            "og:url": f"{address}?{page_query}" if page_query else address,
            "og:image": f"{address}export/sunburst.png?{query_of(picture)}",
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
