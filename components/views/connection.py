"""How two units are connected, told in the panel: a sentence a step, with its sources."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.model.organization import Organization
from components.model.relations import Direction
from components.model.shortest_chains import Evidence, Step, StepBasis
from components.views.attributes import aria, data, of_data, said
from components.views.links import unit_link
from components.views.unit_details import Children, text_of_data
from components.words import Words
from components.words.relation_names import plain_kind, step_key

PLACE = "connection"
"""Id of what the section stands in, in the panel of a unit."""
MAX_STEPS = 100
"""Steps that are told; the rest is counted."""
UP_AND_DOWN = {Direction.OUT: "connection-part-of", Direction.IN: "connection-includes"}


def connect_button(words: Words) -> Component:
    """Return the button after which the next unit that is chosen is the second one."""
    return html.Button(words("connection-ask"), type="button", **data(action="connect"))


def connection_place() -> Component:
    """Return what the section is put into; empty until a second unit is chosen."""
    return html.Div(id=PLACE)


def connection_section(
    organization: Organization, steps: Sequence[Step], words: Words
) -> Component:
    """Return the section of the panel that tells how two units are connected: by these steps."""
    told = steps[:MAX_STEPS]
    more = len(steps) - len(told)
    one, other = (
        text_of_data(organization, organization.units["name"][unit], words)
        for unit in (steps[0].origin, steps[-1].target)
    )
    content: list[Component] = [
        html.Button(
            "×",
            type="button",
            className="close",
            **data(action="end-connection"),
            **aria(label=words("connection-end")),
        ),
        html.H3(said(words, "connection-heading", one=one, other=other), tabIndex=-1),
        html.P(words("connection-steps", count=len(steps)), className="muted"),
        html.Ol([_step(organization, step, words) for step in told]),
    ]
    if more:
        content.append(html.P(words("connection-more", count=more), className="muted"))
    else:
        end = unit_link(organization, steps[-1].target, words)
        content.append(html.P(end, className="arrival"))
    return html.Section(content, **data(section="connection"))


def _step(organization: Organization, step: Step, words: Words) -> Component:
    sentence = html.P(_sentence(organization, step, words), className="sentence")
    return html.Li([sentence, *_facts(organization, step, words)], className=step.basis.value)


def _sentence(organization: Organization, step: Step, words: Words) -> Children:
    """Return what a step says, the units in it as links."""
    one, other = (unit_link(organization, unit, words) for unit in (step.origin, step.target))
    match step.basis:
        case StepBasis.HIERARCHY:
            return said(words, UP_AND_DOWN[step.direction], one=one, other=other)
        case StepBasis.REFERENCE:
            name = organization.references[step.through].name
            reference = html.Strong(name, **of_data(organization, words))
            key = "connection-reference"
            return said(words, key, one=one, other=other, reference=reference)
        case StepBasis.STATED:
            if step.direction is Direction.IN:
                one, other = other, one
            key = step_key(step.through, words)
            if key:
                return said(words, key, one=one, other=other)
            kind = text_of_data(organization, plain_kind(step.through), words)
            return said(words, "connection-stated", one=one, other=other, kind=kind)


def _facts(organization: Organization, step: Step, words: Words) -> list[Component]:
    """Return what the source says of a step; of what is shared, who does what with it."""
    marks = of_data(organization, words)
    facts = []
    for unit, fact in zip((step.origin, step.target), step.evidence, strict=False):
        told = _fact(organization, fact, words)
        if told and step.basis is StepBasis.REFERENCE:
            told.insert(0, html.Span(organization.label(unit), className="who", **marks))
        facts.append(told)
    return [html.Div(told, className="fact") for told in facts if told]


def _fact(organization: Organization, fact: Evidence, words: Words) -> list[Component]:
    told: list[Component] = []
    if fact.text:
        told.append(html.Span(fact.text, className="why", **of_data(organization, words)))
    if fact.source:
        source = said(words, "source", source=text_of_data(organization, fact.source, words))
        told.append(html.Small(source, className="source"))
    return told
