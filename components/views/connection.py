"""The section of the panel that explains how two units are connected: one sentence per step."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from components.model.organization import Organization
from components.model.relations import Direction
from components.model.shortest_chains import Evidence, Step, StepBasis
from components.views.attributes import data
from components.views.dialogs import close_button
from components.views.links import unit_link
from components.views.text import (
    Content,
    and_more,
    data_text,
    language_attributes,
    message_parts,
    source_note,
)
from components.words import Words
from components.words.relation_names import plain_kind, step_key

CONNECTION = "connection"
"""Id of the element in a unit's panel that holds the section."""
MAX_STEPS = 100
"""Maximum number of steps in the list; the others are counted."""
HIERARCHY_MESSAGES = {Direction.OUT: "connection-part-of", Direction.IN: "connection-includes"}


def connect_button(words: Words) -> Component:
    """Return the button that starts the choice of a second unit."""
    return html.Button(words("connection-ask"), type="button", **data(action="connect"))


def connection_section(
    organization: Organization, steps: Sequence[Step], words: Words
) -> Component:
    """Return the section that explains the connection made of these steps."""
    listed = steps[:MAX_STEPS]
    origin, target = (
        data_text(organization, organization.units["name"][unit], words)
        for unit in (steps[0].origin, steps[-1].target)
    )
    end = and_more(len(steps) - len(listed), words, "connection-more") or [
        html.P(unit_link(organization, steps[-1].target, words), className="arrival")
    ]
    return html.Section(
        [
            close_button("end-connection", words("connection-end"), className="close"),
            html.H3(
                message_parts(words, "connection-heading", one=origin, other=target), tabIndex=-1
            ),
            html.P(words("connection-steps", count=len(steps)), className="muted"),
            html.Ol([_step(organization, step, words) for step in listed]),
            *end,
        ],
        **data(section="connection"),
    )


def _step(organization: Organization, step: Step, words: Words) -> Component:
    sentence = html.P(_sentence(organization, step, words), className="sentence")
    return html.Li([sentence, *_evidence(organization, step, words)], className=step.basis.value)


def _sentence(organization: Organization, step: Step, words: Words) -> Content:
    """Return the sentence of a step, with links to its two units."""
    one, other = (unit_link(organization, unit, words) for unit in (step.origin, step.target))
    match step.basis:
        case StepBasis.HIERARCHY:
            return message_parts(words, HIERARCHY_MESSAGES[step.direction], one=one, other=other)
        case StepBasis.REFERENCE:
            name = organization.references[step.through].name
            reference = html.Strong(name, **language_attributes(organization, words))
            key = "connection-reference"
            return message_parts(words, key, one=one, other=other, reference=reference)
        case StepBasis.STATED:
            if step.direction is Direction.IN:
                one, other = other, one
            key = step_key(step.through, words)
            if key:
                return message_parts(words, key, one=one, other=other)
            kind = data_text(organization, plain_kind(step.through), words)
            return message_parts(words, "connection-stated", one=one, other=other, kind=kind)


def _evidence(organization: Organization, step: Step, words: Words) -> list[Component]:
    """Return the source's words on a step; for a shared reference, one element for each unit."""
    attributes = language_attributes(organization, words)
    elements: list[Component] = []
    for unit, evidence in zip((step.origin, step.target), step.evidence, strict=False):
        content = _evidence_text(organization, evidence, words)
        if content and step.basis is StepBasis.REFERENCE:
            content.insert(0, html.Span(organization.label(unit), className="who", **attributes))
        if content:
            elements.append(html.Div(content, className="fact"))
    return elements


def _evidence_text(organization: Organization, evidence: Evidence, words: Words) -> list[Component]:
    content: list[Component] = []
    if evidence.text:
        attributes = language_attributes(organization, words)
        content.append(html.Span(evidence.text, className="why", **attributes))
    if evidence.source:
        content.append(source_note(organization, evidence.source, words))
    return content
