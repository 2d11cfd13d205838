"""All cross-links as text: what is stated of two units, and what units name together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dash import html
from dash.development.base_component import Component

from components.model.coverage import By, covering_units
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.relations import Direction, relations_within
from components.views.attributes import of_data
from components.views.links import unit_link
from components.words import Words
from components.words.relation_names import relation_is_known, relation_text

MAX_STATED, MAX_REFERENCES = 300, 100
"""Relations and references that are listed; the rest is counted."""
MAX_NAMERS = 30
"""Units that are listed for one reference."""
_Said = tuple[tuple[int, str, str], Sequence[int]]
"""A unit, what is said of it and where, and the units of which it is said."""


def relations_list(index: OrganizationIndex, unit: int, words: Words) -> list[Component]:
    """Return the cross-links of a unit and all below it, by kind; what is inferred is no part."""
    organization = index.organization
    counted = (
        (reference, covering_units(organization, By.REFERENCES, reference, unit, most=MAX_NAMERS))
        for reference in organization.references
    )
    shared = [(reference, units, count) for reference, (units, count) in counted if count > 1]
    shared.sort(key=lambda entry: -entry[2])
    content = [*_stated(index, unit, words), *_shared(organization, shared, words)]
    return [
        html.H2(words("relations")),
        *(content or [html.P(words("relations-none"), className="muted")]),
    ]


def _stated(index: OrganizationIndex, unit: int, words: Words) -> Iterator[Component]:
    organization = index.organization
    listed, count = relations_within(organization, index.adjacency, unit, most=MAX_STATED)
    found: dict[str, dict[tuple[int, str, str], list[int]]] = {}
    for each in listed:
        sentence = (each.origin, each.description, each.source)
        found.setdefault(each.kind, {}).setdefault(sentence, []).append(each.target)
    for kind in filter(found.__contains__, organization.relation_kinds):
        yield html.H3(relation_text(kind, Direction.OUT, words))
        yield html.Ul([_said(organization, kind, each, words) for each in found[kind].items()])
    yield from _and_more(count - len(listed), words)


def _said(organization: Organization, kind: str, said: _Said, words: Words) -> Component:
    """Return what one sentence of the source states: a unit, what it does, the other units."""
    (origin, description, source), targets = said
    verb = relation_text(kind, Direction.OUT, words)
    data = of_data(organization, words)
    others = [part for each in targets for part in (", ", unit_link(organization, each, words))]
    return html.Li(
        [
            unit_link(organization, origin, words),
            html.Span(
                f" {verb[:1].lower()}{verb[1:]} ",
                className="verb",
                **({} if relation_is_known(kind, words) else data),
            ),
            *others[1:],
            *([html.Span(description, className="why", **data)] if description else []),
            *([html.Small(source, **data)] if source else []),
        ]
    )


def _shared(
    organization: Organization, shared: Sequence[tuple[str, Sequence[int], int]], words: Words
) -> Iterator[Component]:
    if not shared:
        return
    yield html.H3(words("relations-shared"))
    yield html.Ul(
        [
            html.Li(
                [
                    html.Span(
                        organization.references[reference].name,
                        className="reference",
                        **of_data(organization, words),
                    ),
                    html.Ul([html.Li(unit_link(organization, each, words)) for each in units]),
                    *_and_more(count - len(units), words),
                ]
            )
            for reference, units, count in shared[:MAX_REFERENCES]
        ]
    )
    yield from _and_more(len(shared) - MAX_REFERENCES, words)


def _and_more(count: int, words: Words) -> list[Component]:
    return [html.P(words("relations-more", count=count), className="muted")] if count > 0 else []
