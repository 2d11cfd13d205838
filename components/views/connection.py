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
        arrival(unit_link(organization, steps[-1].target, words))
    ]
    count = words("connection-steps", count=len(steps))
    items = [_step(organization, step, words) for step in listed]
    return section_of((origin, target), count, items, end, words)


def section_of(
    names: tuple[Component | str, Component | str],
    count: str,
    items: Sequence[Component] | str,
    end: Sequence[Component | str],
    words: Words,
) -> Component:
    """Return the section about two names: the number of steps, their items, and what follows."""
    one, other = names
    return html.Section(
        [
            close_button("end-connection", words("connection-end"), className="close"),
            html.H3(message_parts(words, "connection-heading", one=one, other=other), tabIndex=-1),
            html.P(count, className="muted"),
            html.Ol(items),
            *end,
        ],
        **data(section="connection"),
    )


def arrival(link: Component | str) -> Component:
    """Return the end of the list of steps: the link to the second unit."""
    return html.P(link, className="arrival")


def _step(organization: Organization, step: Step, words: Words) -> Component:
    one, other = (unit_link(organization, unit, words) for unit in (step.origin, step.target))
    evidence: list[Component] = []
    for unit, each in zip((step.origin, step.target), step.evidence, strict=False):
        who = organization.label(unit) if step.basis is StepBasis.REFERENCE else ""
        evidence += evidence_elements(organization, each, words, who=who)
    return step_item(organization, step, (one, other), evidence, words)


def step_item(
    organization: Organization,
    step: Step,
    links: tuple[Component | str, Component | str],
    evidence: Sequence[Component | str],
    words: Words,
) -> Component:
    """Return the item of a step, given the links to its two units and its evidence."""
    sentence = html.P(_sentence(organization, step, links, words), className="sentence")
    return html.Li([sentence, *evidence], className=step.basis.value)


def _sentence(
    organization: Organization,
    step: Step,
    links: tuple[Component | str, Component | str],
    words: Words,
) -> Content:
    one, other = links
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


def evidence_elements(
    organization: Organization, evidence: Evidence, words: Words, *, who: str = ""
) -> list[Component]:
    """Return the source's words on a step in one element; none if there are none.

    They begin with ``who``, the unit that they are about, if it is given.
    """
    attributes = language_attributes(organization, words)
    content = _evidence_text(organization, evidence, words)
    if content and who:
        content.insert(0, html.Span(who, className="who", **attributes))
    return [html.Div(content, className="fact")] if content else []


def _evidence_text(organization: Organization, evidence: Evidence, words: Words) -> list[Component]:
    content: list[Component] = []
    if evidence.text:
        attributes = language_attributes(organization, words)
        content.append(html.Span(evidence.text, className="why", **attributes))
    if evidence.source:
        content.append(source_note(organization, evidence.source, words))
    return content
