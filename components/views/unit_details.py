"""What is said of a unit beside its name, and of where a fact stands."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.model.organization import Organization
from components.model.text import capitalized
from components.views.attributes import of_data
from components.words import Words

Children = list[Component | str]


def type_and_size(organization: Organization, unit: int, words: Words) -> Children:
    """Return a unit's type and how many units are below it: "Division, 6 units below".

    Of a unit that no record describes it says that it is not in the table.
    """
    below = organization.count(unit) - (unit not in organization.synthetic)
    told = [words("units-below", count=below)] if below else []
    if unit in organization.placeholders:
        return [", ".join([words("not-in-the-table"), *told])]
    kind = capitalized(organization.units["type"][unit])
    marks = of_data(organization, words)
    if not (kind and marks):
        return [", ".join(filter(None, [kind, *told]))]
    return [html.Span(kind, **marks), *(f", {each}" for each in told)]


def text_of_data(organization: Organization, text: str, words: Words) -> Component | str:
    """Return text of the data, to stand among the page's own words."""
    marks = of_data(organization, words)
    return html.Span(text, **marks) if marks else text
