"""How two units are connected, told in the panel: a sentence a step, with its sources."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components.model.connections import Fact, Footing, Step
from components.model.organization import Organization
from components.model.relations import Direction
from components.views.attributes import aria, data
from components.views.links import unit_link
from components.words import Words

Children = list[Component | str]
MOST_STEPS = 100
"""Steps that are told; the rest is counted."""
PLACEHOLDER = "\x00{}\x00"
"""Stands in a sentence for a component: no text of the page has such a character."""
STATED = {
    "coordinates_with": "connection-coordinates-with",
    "supports": "connection-supports",
    "advises": "connection-advises",
    "draws_on": "connection-draws-on",
}
"""What the page says of the kinds of stated relation that it has words for."""
UP_AND_DOWN = {Direction.OUT: "connection-part-of", Direction.IN: "connection-includes"}


def connect_button(words: Words) -> Component:
    """Return the button after which the next unit that is chosen is the second one."""
    return html.Button(words("connection-ask"), type="button", **data(action="connect"))


def connection_section(
    organization: Organization, steps: Sequence[Step], words: Words
) -> Component:
    """Return the section of the panel that tells how two units are connected: by these steps."""
    told = steps[:MOST_STEPS]
    more = len(steps) - len(told)
    names = organization.units["name"]
    one, other = names[steps[0].origin], names[steps[-1].target]
    content: list[Component] = [
        html.Button(
            "×",
            type="button",
            className="close",
            **data(action="end-connection"),
            **aria(label=words("connection-end")),
        ),
        html.H3(words("connection-heading", one=one, other=other), tabIndex=-1),
        html.P(words("connection-steps", count=len(steps)), className="muted"),
        html.Ol([_step(organization, step, words) for step in told]),
    ]
    if more:
        content.append(html.P(words("connection-more", count=more), className="muted"))
    else:
        end = unit_link(organization, steps[-1].target)
        content.append(html.P(end, className="arrival"))
    return html.Section(content, **data(section="connection"))


def _step(organization: Organization, step: Step, words: Words) -> Component:
    sentence = html.P(_sentence(organization, step, words), className="sentence")
    return html.Li([sentence, *_facts(organization, step, words)], className=step.footing.value)


def _sentence(organization: Organization, step: Step, words: Words) -> Children:
    """Return what a step says, the units in it as links."""
    one, other = (unit_link(organization, unit) for unit in (step.origin, step.target))
    match step.footing:
        case Footing.HIERARCHY:
            return _filled(words, UP_AND_DOWN[step.direction], one=one, other=other)
        case Footing.REFERENCE:
            reference = html.Strong(organization.references[step.through].name)
            key = "connection-reference"
            return _filled(words, key, one=one, other=other, reference=reference)
        case Footing.STATED:
            if step.direction is Direction.IN:
                one, other = other, one
            if step.through in STATED:
                return _filled(words, STATED[step.through], one=one, other=other)
            # A kind that the page has no words for is data, and says itself what it means.
            kind = step.through.replace("_", " ").strip()
            if not kind:
                return _filled(words, "connection-related", one=one, other=other)
            return _filled(words, "connection-stated", one=one, other=other, kind=kind)


def _filled(words: Words, key: str, **values: Component | str) -> Children:
    """Return a message with components as its values."""
    stands_in: dict[str, Any] = {name: PLACEHOLDER.format(name) for name in values}
    message = words(key, **stands_in)
    return [
        values[part] if place % 2 else part
        for place, part in enumerate(re.split("\x00(.*?)\x00", message))
        if part
    ]


def _facts(organization: Organization, step: Step, words: Words) -> list[Component]:
    """Return what the source says of a step; of what is shared, who does what with it."""
    if step.footing is not Footing.REFERENCE:
        return [html.Div(part, className="fact") for part in _fact(step.facts[0], words)]
    short, names = organization.units["short_name"], organization.units["name"]
    return [
        html.Div(
            [html.Span(short[unit] or names[unit], className="who"), *_fact(fact, words)],
            className="fact",
        )
        for unit, fact in zip((step.origin, step.target), step.facts, strict=True)
        if fact.told or fact.source
    ]


def _fact(fact: Fact, words: Words) -> list[Component]:
    source = words("connection-source", source=fact.source) if fact.source else ""
    return [
        *([html.Span(fact.told, className="why")] if fact.told else []),
        *([html.Small(source, className="source")] if source else []),
    ]
