"""What others show of a link to a page: title, description and picture (https://ogp.me)."""

from __future__ import annotations

import html
from collections.abc import Mapping
from urllib.parse import urlencode

from components.model.organization import Organization
from components.views.opening import Choice

SIZE = {"width": 1200, "height": 630}
"""Pixels of the picture, as those who show previews ask for it."""


def preview(organization: Organization, address: str, focus: int, choice: Choice) -> str:
    """Return the elements of a document's head that say what it shows.

    ``address`` is where readers find the page, with a slash at its end.
    """
    about, units = organization.about, organization.units
    unit = focus if choice.look.unit is None else choice.look.unit
    title = f"{units['name'][unit]} – {about.title}" if unit else about.title
    description = (units["summary"][unit] if unit else about.description) or title
    ids = {
        "unit": "" if choice.look.unit is None else units["id"][choice.look.unit],
        "focus": units["id"][focus] if focus else "",
    }
    shown = {name: text for name, text in ids.items() if text}
    picture = urlencode({**shown, **SIZE, "scale": 1})
    properties: Mapping[str, object] = {
        "og:type": "website",
        "og:site_name": about.title,
        "og:title": title,
        "og:description": description,
        "og:url": f"{address}?{urlencode(shown)}" if shown else address,
        "og:image": f"{address}export/sunburst.png?{picture}",
        **{f"og:image:{side}": pixels for side, pixels in SIZE.items()},
        "og:image:alt": f"Sunburst of {title}",
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
