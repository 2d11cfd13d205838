"""The address of what is seen, as ``assets/js/state.js`` writes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode

from components.diagrams.network import Layout, Look
from components.model.organization import Organization, split_list

SEPARATOR = ";"
"""Between the types, and the themes, of an address, as in the cells of a table."""


def parameters_of(
    organization: Organization, focus: int, look: Look, view: str = "", by: str = ""
) -> dict[str, str]:
    """Return the parameters that differ from those of the bare page, in the order of the page."""
    ids = organization.units["id"]
    said = {
        "unit": ids[look.unit] if look.unit is not None else "",
        "focus": ids[focus] if focus else "",
        "view": view,
        "links": "all" if look.all_links else "",
        "layout": look.layout.value if look.layout is not Layout.TREE else "",
        "references": "shown" if look.references else "",
        "to": ids[look.to] if look.to is not None else "",
        "types": SEPARATOR.join(look.types),
        "themes": SEPARATOR.join(look.themes),
        "by": by,
    }
    return {name: text for name, text in said.items() if text}


def filters_in(
    organization: Organization, parameters: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the types and the themes that parameters list, in the order of the organization.

    What no unit has is left out.
    """
    known = organization.filters
    return (
        _some_of(known.types, parameters.get("types", "")),
        _some_of(known.themes, parameters.get("themes", "")),
    )


def _some_of(values: Iterable[str], text: str) -> tuple[str, ...]:
    asked = set(split_list(text))
    return tuple(value for value in values if value in asked)


def query_of(parameters: Mapping[str, str]) -> str:
    """Return parameters as a browser writes them after the question mark."""
    # Browsers write "*" as it is, and "~" not.
    return urlencode(parameters, safe="*").replace("~", "%7E")
