"""All relations as text: those that the source states, and the references that units share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from dash import html
from dash.development.base_component import Component

from components.model.coverage import REFERENCES
from components.model.history import BECAME, MOVED
from components.model.index import OrganizationIndex
from components.model.organization import Organization
from components.model.relations import Direction, relations_within
from components.views.links import unit_link
from components.views.text import and_more, language_attributes
from components.words import Words
from components.words.relation_names import relation_is_known, relation_text

MAX_STATED, MAX_REFERENCES = 300, 100
"""Maximum number of relations and of references in the lists; the others are counted."""
MAX_UNITS = 30
"""Maximum number of units in the list of one reference."""
_Statement = tuple[int, str, str]
"""The unit that a relation starts from, its description, and its source."""


def relations_list(index: OrganizationIndex, unit: int, words: Words) -> list[Component]:
    """Return the relations of a unit and all units below it by kind; empty if there are none."""
    organization, topics, roots = index.organization, index.topics, np.array([unit])
    counted = (
        (reference, topics[REFERENCES].covering(organization, reference, roots, most=MAX_UNITS))
        for reference in organization.references
    )
    shared = [(reference, units, count) for reference, (units, count) in counted if count > 1]
    shared.sort(key=lambda entry: -entry[2])
    content = [*_stated(index, unit, words), *_shared(organization, shared, words)]
    return [html.H2(words("relations")), *content] if content else []


def _stated(index: OrganizationIndex, unit: int, words: Words) -> Iterator[Component]:
    """Yield a heading and a list for each kind of stated relation."""
    organization = index.organization
    # What has moved is no relation, and has a list of its own.
    changes = (MOVED, BECAME) if organization.history else ()
    relations, count = relations_within(
        organization, index.adjacency, unit, most=MAX_STATED, without=changes
    )
    by_kind: dict[str, dict[_Statement, list[int]]] = {}
    for relation in relations:
        statement = (relation.origin, relation.description, relation.source)
        by_kind.setdefault(relation.kind, {}).setdefault(statement, []).append(relation.target)
    for kind in filter(by_kind.__contains__, organization.relation_kinds):
        yield html.H3(relation_text(kind, Direction.OUT, words))
        yield html.Ul(
            [
                _sentence(organization, kind, statement, targets, words)
                for statement, targets in by_kind[kind].items()
            ]
        )
    yield from and_more(count - len(relations), words)


def _sentence(
    organization: Organization,
    kind: str,
    statement: _Statement,
    targets: Sequence[int],
    words: Words,
) -> Component:
    """Return a sentence about a unit: what it does, and with which other units."""
    origin, description, source = statement
    verb = relation_text(kind, Direction.OUT, words)
    attributes = language_attributes(organization, words)
    others = [part for target in targets for part in (", ", unit_link(organization, target, words))]
    return html.Li(
        [
            unit_link(organization, origin, words),
            html.Span(
                f" {words.uncapitalized(verb)} ",
                className="verb",
                **({} if relation_is_known(kind, words) else attributes),
            ),
            *others[1:],
            *([html.Span(description, className="why", **attributes)] if description else []),
            *([html.Small(source, **attributes)] if source else []),
        ]
    )


def _shared(
    organization: Organization, shared: Sequence[tuple[str, Sequence[int], int]], words: Words
) -> Iterator[Component]:
    """Yield the list of shared references: id, the units that are listed, number of units."""
    if not shared:
        return
    yield html.H3(words("share-framework"))
    yield html.Ul(
        [
            html.Li(
                [
                    html.Span(
                        organization.references[reference].name,
                        className="reference",
                        **language_attributes(organization, words),
                    ),
                    html.Ul([html.Li(unit_link(organization, unit, words)) for unit in units]),
                    *and_more(count - len(units), words),
                ]
            )
            for reference, units, count in shared[:MAX_REFERENCES]
        ]
    )
    yield from and_more(len(shared) - MAX_REFERENCES, words)
